package workbook.capstone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import workbook.kit.spark.CheckpointFolder;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** The status of real queries. */
class QueryStatusListenerTest {

    /** Generous, because the speed of a busy machine is not under test. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static SparkSession spark;

    private final CheckpointFolder checkpoint = CheckpointFolder.create();

    private final Inbox inbox = Inbox.create();

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("queries");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** Starts a query that fails on a batch with the word {@code bad}. */
    private StreamingQuery words() throws TimeoutException {
        VoidFunction2<Dataset<Row>, Long> refuse = (batch, id) -> {
            if (batch.where("value like '%bad'").count() > 0) {
                throw new IllegalArgumentException("a bad word");
            }
        };
        return spark.readStream()
                .text(inbox.path())
                .selectExpr("to_timestamp(split(value, ' ')[0]) as time", "value")
                .withWatermark("time", "10 minutes")
                .dropDuplicatesWithinWatermark("value")
                .writeStream()
                .queryName("words")
                .option("checkpointLocation", checkpoint.toString())
                .foreachBatch(refuse)
                .start();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(2));
    }

    private static Snapshot.Query only(QueryStatusListener watch) {
        List<Snapshot.Query> queries = watch.queries();
        assertThat(queries).hasSize(1);
        return queries.get(0);
    }

    @Test
    void aQueryIsFollowedFromItsStartToItsFailureAndRestart() throws Exception {
        QueryStatusListener watch = QueryStatusListener.on(spark);
        StreamingQuery query = words();
        assertThat(only(watch).name()).isEqualTo("words");
        assertThat(only(watch).isUp()).isTrue();
        assertThat(only(watch).batch()).isNull();

        inbox.deliver(List.of("2018-05-20T12:00:00Z one", "2018-05-20T12:30:00Z two", "2018-05-20T12:30:00Z two"));
        query.processAllAvailable();
        // The watermark has passed the first word, so its state is removed.
        await().atMost(PATIENCE)
                .until(() -> only(watch).stateRows() == 1
                        && Instant.parse("2018-05-20T12:20:00Z")
                                .equals(only(watch).watermark()));
        assertThat(only(watch).batch().id()).isNotNegative();
        assertThat(only(watch).stateBytes()).isPositive();

        inbox.deliver(List.of("2018-05-20T12:40:00Z bad"));
        await().atMost(PATIENCE).until(() -> only(watch).state() == Snapshot.State.FAILED);
        assertThat(only(watch).failure()).endsWith("a bad word");
        assertThat(only(watch).isUp()).isFalse();

        Snapshot.Query died = only(watch);
        StreamingQuery again = words();
        assertThat(only(watch).started()).isAfter(died.started());
        await().atMost(PATIENCE).until(() -> only(watch).state() == Snapshot.State.FAILED);
        assertThat(again.isActive()).isFalse();
    }

    @Test
    void aStoppedQueryHasNotFailed() throws Exception {
        QueryStatusListener watch = QueryStatusListener.on(spark);
        StreamingQuery query = words();
        query.processAllAvailable();
        await().atMost(PATIENCE).until(() -> only(watch).state() == Snapshot.State.IDLE);
        query.stop();
        await().atMost(PATIENCE).until(() -> only(watch).state() == Snapshot.State.STOPPED);
        assertThat(only(watch).failure()).isEmpty();
    }
}
