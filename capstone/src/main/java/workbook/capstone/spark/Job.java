package workbook.capstone.spark;

import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/** A streaming query of the pipeline. It may be started again at any time: it goes on where its checkpoint says. */
public interface Job {

    /** The query's name, such as {@code scoring}. */
    String name();

    /**
     * Starts it.
     *
     * @throws TimeoutException if another query was still starting
     */
    StreamingQuery start(SparkSession spark) throws TimeoutException;
}
