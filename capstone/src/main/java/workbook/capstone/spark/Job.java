package workbook.capstone.spark;

import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/** A streaming query of the pipeline. A restarted query resumes from its checkpoint. */
public interface Job {

    /** Returns the query's name, such as {@code scoring}. */
    String name();

    /**
     * Starts the query.
     *
     * @throws TimeoutException if another query is still starting
     */
    StreamingQuery start(SparkSession spark) throws TimeoutException;
}
