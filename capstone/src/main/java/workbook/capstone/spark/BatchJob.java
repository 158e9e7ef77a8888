package workbook.capstone.spark;

import org.apache.spark.sql.streaming.Trigger;

/** A query in micro-batches, which can also be let run for what there is now. */
public interface BatchJob extends Job {

    /** Seldom enough to leave the scoring its cores: a batch every 2 s more than doubled its 99th percentile. */
    Trigger EVERY_10_SECONDS = Trigger.ProcessingTime("10 seconds");

    /** What there is now, and then no more. */
    Trigger AVAILABLE_NOW = Trigger.AvailableNow();

    /** The same query at other times. */
    BatchJob withTrigger(Trigger trigger);
}
