package workbook.capstone.spark;

import org.apache.spark.sql.streaming.Trigger;

/** A micro-batch query, which can also run once for all available records. */
public interface BatchJob extends Job {

    /** A batch every 2 s took cores from the scoring and more than doubled its 99th percentile. */
    Trigger EVERY_10_SECONDS = Trigger.ProcessingTime("10 seconds");

    /** For master data, which changes seldom and is read by the nightly job. */
    Trigger EVERY_MINUTE = Trigger.ProcessingTime("60 seconds");

    /** Processes all available records, then stops. */
    Trigger AVAILABLE_NOW = Trigger.AvailableNow();

    /** Returns the same query with another trigger. */
    BatchJob withTrigger(Trigger trigger);
}
