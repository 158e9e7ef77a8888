package workbook.claims;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import workbook.check.engine.Engines;
import workbook.check.spark.SharedSpark;

/** Base of the tests of streaming queries: one Spark session; no query outlives its test. */
abstract class AsksSpark {

    static final Duration PATIENCE = Duration.ofMinutes(1);

    final SparkSession spark = SharedSpark.session();

    @AfterEach
    void stopQueries() throws TimeoutException {
        for (StreamingQuery query : spark.streams().active()) {
            query.stop();
        }
    }

    @AfterAll
    static void stopSpark() {
        Engines.stop();
    }
}
