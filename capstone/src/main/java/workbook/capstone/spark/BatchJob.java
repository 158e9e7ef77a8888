package workbook.capstone.spark;

import org.apache.spark.sql.streaming.Trigger;

/** A query in micro-batches, which can also be let run for what there is now. */
public interface BatchJob extends Job {

    /** Seldom enough to leave the scoring its cores: a batch every 2 s more than doubled its 99th percentile. */
    Trigger NOW_AND_THEN = Trigger.ProcessingTime("10 seconds");

    /** What there is now, and then no more. */
    Trigger THE_REST = Trigger.AvailableNow();

    /** The same query at other times. */
    BatchJob with(Trigger trigger);
}
