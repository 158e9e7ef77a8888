package workbook.kit.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CollectedQueryTest {

    private static SparkSession spark;

    private final Inbox inbox = Inbox.create();

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("collected");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void everyCallReturnsTheBatchesSinceThePreviousOne() throws Exception {
        try (CollectedQuery<Row> query = CollectedQuery.start(payments().select("amount"), "append")) {
            deliver("09:00 1.00, 09:10 2.00");
            deliver("09:20 3.00");
            assertThat(query.processAllAvailable())
                    .extracting(CollectedBatch::id, CollectedBatch::inputRows, CollectedBatch::output)
                    .containsExactly(tuple(0L, 2L, "1.00, 2.00"), tuple(1L, 1L, "3.00"));
            assertThat(query.processAllAvailable()).isEmpty();

            deliver("09:30 4.00");
            assertThat(query.processAllAvailable())
                    .extracting(CollectedBatch::id, CollectedBatch::output)
                    .containsExactly(tuple(2L, "4.00"));
            assertThat(query.query().isActive()).isTrue();
        }
    }

    @Test
    void aClosedQueryIsStopped() throws Exception {
        CollectedQuery<Row> query = CollectedQuery.start(payments(), "append");
        query.close();
        assertThat(query.query().isActive()).isFalse();
    }

    @Test
    void aBatchShowsItsWatermarkStateAndLateRows() throws Exception {
        try (CollectedQuery<Row> query = CollectedQuery.start(hourly(), "append")) {
            deliver("09:00 1.00, 09:30 2.00");
            deliver("11:00 4.00");
            List<CollectedBatch<Row>> batches = new ArrayList<>(query.processAllAvailable());
            deliver("09:40 8.00");
            batches.addAll(query.processAllAvailable());
            assertThat(batches)
                    .extracting(
                            CollectedBatch::inputRows,
                            CollectedBatch::watermark,
                            CollectedBatch::stateRows,
                            CollectedBatch::lateRows,
                            CollectedBatch::output)
                    .containsExactly(
                            tuple(2L, "none", 1L, 0L, ""),
                            tuple(1L, "09:20", 2L, 0L, ""),
                            tuple(0L, "10:50", 1L, 0L, "09:00–10:00 3.00"),
                            tuple(1L, "10:50", 1L, 1L, ""));
        }
    }

    @Test
    void everyBatchIsReportedWithItsFile() throws Exception {
        List<String> batches = new ArrayList<>();
        try (CollectedQuery<Row> query = CollectedQuery.start(hourly(), "append")) {
            query.processFiles(
                    inbox,
                    "time amount",
                    List.of("09:00 1.00", "11:00 4.00"),
                    (file, batch) -> batches.add(file + " -> " + batch.output()));
        }
        assertThat(batches).containsExactly("09:00 1.00 -> ", " -> ", "11:00 4.00 -> ", " -> 09:00–10:00 1.00");
    }

    @Test
    void aRunProcessesAllAvailableInputAndEnds() throws Exception {
        deliver("09:00 1.00");
        deliver("09:30 2.00");
        assertThat(CollectedQuery.run(hourly(), "update"))
                .extracting(CollectedBatch::output)
                .containsExactly("09:00–10:00 1.00", "09:00–10:00 3.00", ""); // the last is a no-data batch
    }

    @Test
    void aRunContinuesFromItsCheckpoint() throws Exception {
        CheckpointFolder checkpoint = CheckpointFolder.create();
        deliver("09:00 1.00");
        run(checkpoint);
        deliver("09:30 2.00");
        assertThat(run(checkpoint))
                .extracting(CollectedBatch::id, CollectedBatch::output)
                .containsExactly(tuple(2L, "09:00–10:00 3.00"), tuple(3L, ""));
    }

    private List<CollectedBatch<Row>> run(CheckpointFolder checkpoint) throws Exception {
        return CollectedQuery.run(
                hourly().writeStream().outputMode("update").option("checkpointLocation", checkpoint.toString()));
    }

    @Test
    void aFailureReachesTheCaller() {
        deliver("09:00 1.00");
        Dataset<Row> failing = payments().select(raise_error(lit("no such customer")));
        assertThatThrownBy(() -> CollectedQuery.run(failing, "append")).isInstanceOf(StreamingQueryException.class);
        assertThatThrownBy(() -> CollectedQuery.runUntil(failing.writeStream(), (rows, previous) -> true))
                .isInstanceOf(StreamingQueryException.class);
    }

    @Test
    void aQueryRunsUntilABatchMeetsTheCondition() throws Exception {
        deliver("09:00 1.00");
        deliver("09:30 2.00");
        deliver("09:40 4.00");
        List<Long> previousBatches = new ArrayList<>();
        List<Row> rows = CollectedQuery.runUntil(hourly().writeStream().outputMode("update"), (batch, previous) -> {
            previousBatches.add(previous == null ? null : previous.batchId());
            return CollectedBatch.text(batch.get(0)).endsWith("3.00");
        });
        assertThat(rows).extracting(CollectedBatch::text).containsExactly("09:00–10:00 3.00");
        assertThat(previousBatches).containsExactly(null, 0L);
        assertThat(spark.streams().active()).isEmpty();
    }

    @Test
    void valuesAreFormattedForTables() {
        Instant nine = Instant.parse("2018-04-01T09:00:00Z");
        Instant ten = Instant.parse("2018-04-01T10:00:00Z");
        assertThat(CollectedBatch.text(RowFactory.create(RowFactory.create(nine, ten), nine, 7, null, "anna")))
                .isEqualTo("09:00–10:00 09:00 7 null anna");
    }

    private Dataset<Row> payments() {
        return inbox.stream(spark, "time TIMESTAMP, amount DECIMAL(10,2)");
    }

    private Dataset<Row> hourly() {
        return payments()
                .withWatermark("time", "10 minutes")
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount"));
    }

    private void deliver(String rows) {
        inbox.deliver("time amount", rows);
    }
}
