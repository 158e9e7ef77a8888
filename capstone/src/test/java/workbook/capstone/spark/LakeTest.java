package workbook.capstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.kit.spark.PaymentRow;

class LakeTest {

    /** The schema of old scores, without the model. */
    private static final StructType OLD = PaymentRow.SCHEMA.add("score", DataTypes.DoubleType);

    private static SparkSession spark;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        spark = Sessions.start(1);
        spark.sparkContext().setLocalProperty("sql.streaming.queryId", "a query");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void aPaymentScoredTwiceIsInSilverOnceWithinABatchAndAcrossThem() {
        Lake lake = new Lake(folder);
        lake.appendNew(scored(row(1, "2018-05-01T23:59:59Z", 0.1), row(1, "2018-05-01T23:59:59Z", 0.1)), 0);
        lake.appendNew(scored(row(1, "2018-05-01T23:59:59Z", 0.2), row(2, "2018-05-02T00:00:00Z", 0.3)), 1);

        assertThat(lake.read(spark, Lake.SILVER)
                        .select("id", "score", "day")
                        .orderBy("id")
                        .collectAsList())
                .containsExactly(
                        RowFactory.create(1L, 0.1, LocalDate.of(2018, 5, 1)),
                        RowFactory.create(2L, 0.3, LocalDate.of(2018, 5, 2)));
    }

    @Test
    void aBatchThatIsWrittenAgainChangesNothing() {
        Lake lake = new Lake(folder);
        for (int attempt = 0; attempt < 2; attempt++) {
            lake.append(scored(row(1, "2018-05-01T10:00:00Z", 0.1)), Lake.BRONZE, 7);
        }
        assertThat(lake.count(spark, Lake.BRONZE)).isEqualTo(1);
        lake.append(scored(row(2, "2018-05-01T10:00:00Z", 0.1)), Lake.BRONZE, 8);
        assertThat(lake.count(spark, Lake.BRONZE)).isEqualTo(2);
    }

    @Test
    void anInterruptedFirstWriteLeavesNoTableAndTheNextCreatesIt() throws IOException {
        Lake lake = new Lake(folder);
        Path log = Files.createDirectories(folder.resolve(Lake.SILVER).resolve("_delta_log"));
        Files.createFile(log.resolve(".00000000000000000000.json.0c9e.tmp")); // Delta commits by renaming this file
        assertThat(lake.exists()).isFalse();
        assertThat(lake.count(spark, Lake.SILVER)).isZero();
        lake.compact(spark);

        lake.appendNew(scored(row(1, "2018-05-01T10:00:00Z", 0.1)), 0);
        assertThat(lake.count(spark, Lake.SILVER)).isEqualTo(1);
    }

    @Test
    void aNewColumnIsNullInOlderRows() {
        Lake lake = new Lake(folder);
        lake.appendNew(scored(row(1, "2018-05-01T10:00:00Z", 0.1)), 0);
        StructType named = OLD.add("model", DataTypes.StringType);
        lake.appendNew(
                spark.createDataFrame(
                        List.of(RowFactory.create(
                                2L, Instant.parse("2018-05-01T11:00:00Z"), 1, 2, amount(), 0.2, "v2")),
                        named),
                1);
        lake.appendNew(scored(row(3, "2018-05-01T12:00:00Z", 0.3)), 2); // from a process with the old schema

        assertThat(lake.read(spark, Lake.SILVER)
                        .select("id", "model")
                        .orderBy("id")
                        .collectAsList())
                .containsExactly(RowFactory.create(1L, null), RowFactory.create(2L, "v2"), RowFactory.create(3L, null));
    }

    @Test
    void compactionMergesFilesAndEarlierVersionsStayReadable() throws IOException {
        Lake lake = new Lake(folder);
        for (int batch = 0; batch < 4; batch++) {
            lake.appendNew(scored(row(batch, "2018-05-01T10:00:00Z", 0.1)), batch);
        }
        assertThat(lake.read(spark, Lake.SILVER).inputFiles()).hasSize(4);

        lake.compact(spark);

        assertThat(lake.read(spark, Lake.SILVER).inputFiles()).hasSize(1);
        assertThat(lake.count(spark, Lake.SILVER)).isEqualTo(4);
        Dataset<Row> second = spark.read()
                .format("delta")
                .option("versionAsOf", 1)
                .load(folder.resolve(Lake.SILVER).toString());
        assertThat(second.count()).isEqualTo(2);
    }

    @Test
    void compactionAndStreamRunConcurrently() {
        Lake lake = new Lake(folder);
        lake.appendNew(scored(row(0, "2018-05-01T10:00:00Z", 0.1)), 0);
        CompletableFuture<Void> stream = CompletableFuture.runAsync(() -> {
            spark.sparkContext().setLocalProperty("sql.streaming.queryId", "a query");
            for (int batch = 1; batch <= 6; batch++) {
                lake.appendNew(scored(row(batch, "2018-05-01T10:00:00Z", 0.1)), batch);
            }
        });
        int compactions = 0;
        while (!stream.isDone()) {
            lake.compact(spark);
            compactions++;
        }
        stream.join();
        assertThat(compactions).isPositive();
        assertThat(lake.read(spark, Lake.SILVER).select("id").distinct().count())
                .isEqualTo(7);
        assertThat(lake.count(spark, Lake.SILVER)).isEqualTo(7);
    }

    @Test
    void theSearchForDuplicatesReadsOnlyTheDaysOfTheBatch() throws IOException {
        Lake lake = new Lake(folder);
        lake.appendNew(scored(row(1, "2018-05-01T10:00:00Z", 0.1)), 0);
        lake.appendNew(scored(row(2, "2018-05-02T10:00:00Z", 0.1)), 1);
        try (Stream<Path> files = Files.list(folder.resolve("silver/day=2018-05-01"))) {
            for (Path file : files.toList()) {
                Files.delete(file); // a read of this day now fails
            }
        }
        lake.appendNew(scored(row(2, "2018-05-02T10:00:00Z", 0.1), row(3, "2018-05-02T11:00:00Z", 0.1)), 2);
        assertThat(lake.read(spark, Lake.SILVER).where("day = '2018-05-02'").count())
                .isEqualTo(2);
    }

    private static Dataset<Row> scored(Row... rows) {
        return spark.createDataFrame(List.of(rows), OLD);
    }

    private static Row row(long id, String time, double score) {
        return RowFactory.create(id, Instant.parse(time), 1, 2, amount(), score);
    }

    private static BigDecimal amount() {
        return new BigDecimal("10.00");
    }
}
