package workbook.claims;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.ForeachFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;

/** Proves statements of QA.md about streaming queries, with Spark. */
class StreamingQueryTest extends AsksSpark {

    private final Inbox inbox = Inbox.create();

    /** Not a temporary folder of JUnit: tasks of a stopped query may write into it for a moment. */
    private final Path folder = Scratch.folder("query-");

    @Test
    void aTaskFillsAListOfItsOwn() {
        List<Long> list = new ArrayList<>();
        spark.range(5).foreach((ForeachFunction<Long>) list::add);
        assertThat(list).isEmpty();
    }

    @Test
    void theParquetSinkTakesAppendModeOnly() {
        Path table = folder.resolve("table");
        for (String mode : List.of("update", "complete")) {
            assertThatThrownBy(() -> writing(lines(spark).groupBy("value").count())
                            .format("parquet")
                            .outputMode(mode)
                            .start(table.toString()))
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageContaining("STREAMING_OUTPUT_MODE.UNSUPPORTED_DATASOURCE");
        }
        assertThat(table).doesNotExist();
    }

    @Test
    void ofTwoQueriesOnOneCheckpointTheSecondStopsTheFirst() throws Exception {
        StreamingQuery first = discarding(spark);
        first.processAllAvailable();
        StreamingQuery second = discarding(spark.newSession());
        assertThat(first.awaitTermination(PATIENCE.toMillis())).isTrue();
        assertThat(first.exception().isEmpty()).isTrue();
        assertThat(second.isActive()).isTrue();
        assertThat(second.id()).isEqualTo(first.id());
        second.stop();
    }

    @Test
    void orTheSecondIsRefusedIfItMayNotStopTheFirst() throws Exception {
        StreamingQuery first = discarding(spark);
        SparkSession polite = spark.newSession();
        polite.conf().set("spark.sql.streaming.stopActiveRunOnRestart", false);
        assertThatThrownBy(() -> discarding(polite))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another query with same id is already active");
        assertThat(first.isActive()).isTrue();
    }

    /** A JVM cannot run a second application: the test writes the files that it would have written. */
    @Test
    void aQueryFailsWhoseNextBatchAnotherApplicationHasBegun() throws Exception {
        inbox.deliver(List.of("a"));
        StreamingQuery query = discarding(spark);
        query.processAllAvailable();
        Path offsets = folder.resolve("checkpoint/offsets");
        Files.copy(offsets.resolve("0"), offsets.resolve("1"));
        inbox.deliver(List.of("b"));
        assertThatThrownBy(query::processAllAvailable)
                .isInstanceOf(StreamingQueryException.class)
                .hasMessageContaining("[CONCURRENT_STREAM_LOG_UPDATE]");
    }

    @Test
    void aBatchThatIsRunAgainGivesItsRowsOtherIds() throws Exception {
        inbox.deliver(List.of("a"));
        Dataset<Row> named = lines(spark).withColumn("id", expr("uuid()"));
        List<Row> written = new ArrayList<>();
        StreamingQuery killed = writing(named)
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (batch, number) -> {
                    written.addAll(batch.collectAsList());
                    throw new IllegalStateException("written, and not yet noted");
                })
                .start();
        assertThatThrownBy(killed::processAllAvailable).isInstanceOf(StreamingQueryException.class);

        writing(named)
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (batch, number) -> {
                    written.addAll(batch.collectAsList());
                    written.addAll(batch.collectAsList());
                })
                .start()
                .processAllAvailable();

        assertThat(written).extracting(row -> row.getString(0)).containsExactly("a", "a", "a");
        assertThat(written.get(1)).as("the batch again").isNotEqualTo(written.get(0));
        assertThat(written.get(2)).as("another action of the same run").isEqualTo(written.get(1));
    }

    /** Spark interprets the first bytes of the window's struct as a time. */
    @Test
    void aWatermarkOnAWindowIsAcceptedAndStandsIn1970() throws Exception {
        inbox.deliver(List.of("2026-01-01 10:20:00"));
        StreamingQuery query = writing(lines(spark)
                        .select(window(col("value").cast("timestamp"), "1 hour").as("hour"))
                        .withWatermark("hour", "0 seconds")
                        .groupBy("hour")
                        .count())
                .outputMode("update")
                .format("noop")
                .start();
        query.processAllAvailable();
        inbox.deliver(List.of("2026-01-01 11:20:00")); // its batch uses the watermark of the previous one
        query.processAllAvailable();
        assertThat(query.lastProgress().eventTime().get("watermark")).startsWith("1970-01-01");
    }

    @Test
    void aTimerInProcessingTimeWaitsForTheBatchThatIsAtWork() throws Exception {
        inbox.deliver(List.of("a"));
        List<Long> late = new CopyOnWriteArrayList<>();
        writing(lines(spark)
                        .groupByKey((MapFunction<Row, String>) line -> line.getString(0), Encoders.STRING())
                        .transformWithState(
                                new Alarm(), TimeMode.ProcessingTime(), OutputMode.Update(), Encoders.LONG()))
                .outputMode("update")
                .foreachBatch((VoidFunction2<Dataset<Long>, Long>) (batch, number) -> {
                    late.addAll(batch.collectAsList());
                    if (number == 0) {
                        Thread.sleep(500); // the duration of the batch that sets the timer
                    }
                })
                .start();
        await().atMost(PATIENCE).until(() -> !late.isEmpty());
        assertThat(late.get(0)).as("ms after it was due").isGreaterThanOrEqualTo(400);
    }

    /** Sets a timer 100 ms after its batch began, and emits how many milliseconds late it fires. */
    private static final class Alarm extends StatefulProcessor<String, Row, Long> {

        @Override
        public void init(OutputMode mode, TimeMode time) {
            // it needs only a timer
        }

        @Override
        public scala.collection.Iterator<Long> handleInputRows(
                String line, scala.collection.Iterator<Row> rows, TimerValues now) {
            getHandle().registerTimer(now.getCurrentProcessingTimeInMs() + 100);
            return CollectionConverters.asScala(List.<Long>of().iterator());
        }

        @Override
        public scala.collection.Iterator<Long> handleExpiredTimer(String line, TimerValues now, ExpiredTimerInfo due) {
            long late = now.getCurrentProcessingTimeInMs() - due.getExpiryTimeInMs();
            return CollectionConverters.asScala(List.of(late).iterator());
        }
    }

    private Dataset<Row> lines(SparkSession session) {
        return session.readStream().text(inbox.path());
    }

    private StreamingQuery discarding(SparkSession session) throws TimeoutException {
        return writing(lines(session)).format("noop").start();
    }

    private <T> DataStreamWriter<T> writing(Dataset<T> rows) {
        return rows.writeStream()
                .option("checkpointLocation", folder.resolve("checkpoint").toString());
    }
}
