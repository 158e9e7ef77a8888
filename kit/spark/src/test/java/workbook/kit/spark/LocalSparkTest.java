package workbook.kit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.state.StateStore;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import workbook.kit.Payment;
import workbook.kit.Scratch;

class LocalSparkTest {

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.named("test")
                .set("spark.sql.adaptive.enabled", "false")
                .start();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void aPaymentIsReadBackUnchanged() {
        Payment payment = new Payment(7, Instant.parse("2018-04-01T08:00:12Z"), 3, 12, new BigDecimal("140.00"));
        Dataset<Row> rows = spark.createDataFrame(List.of(PaymentRow.of(payment)), PaymentRow.SCHEMA);
        assertThat(rows.schema()).isEqualTo(PaymentRow.SCHEMA);
        assertThat(rows.collectAsList()).containsExactly(PaymentRow.of(payment));
    }

    @Test
    void timestampsAreInUtcInEveryTimeZone() {
        Row row = spark.sql("SELECT hour(timestamp '2018-04-01T08:00:00Z'), date(timestamp '2018-04-01T23:59:59Z')")
                .first();
        assertThat(row.getInt(0)).isEqualTo(8);
        assertThat(row.<LocalDate>getAs(1)).isEqualTo(LocalDate.of(2018, 4, 1));
    }

    @Test
    void yourSettingsOverrideTheDefaults() {
        assertThat(spark.conf().get("spark.sql.adaptive.enabled")).isEqualTo("false");
    }

    @Test
    void theWebUiIsOffByDefault() {
        assertThat(spark.sparkContext().uiWebUrl().isEmpty()).isTrue();
    }

    @Test
    void stateIsStoredInRocksDbWithAChangelog() throws Exception {
        CheckpointFolder checkpoint = CheckpointFolder.create();
        Inbox inbox = Inbox.create()
                .deliver(List.of("{\"customer\":1}", "{\"customer\":1}"))
                .deliver(List.of("{\"customer\":1}"));
        List<Row> results = new ArrayList<>();
        VoidFunction2<Dataset<Row>, Long> collect = (batch, id) -> results.addAll(batch.collectAsList());
        StreamingQuery query = spark.readStream()
                .schema("customer int")
                .option("maxFilesPerTrigger", 1)
                .json(inbox.path())
                .groupBy("customer")
                .count()
                .writeStream()
                .outputMode("update")
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .foreachBatch(collect)
                .start();
        query.awaitTermination();

        assertThat(results).extracting(row -> row.getLong(1)).containsExactly(2L, 3L);
        try (var files = Files.walk(checkpoint.path().resolve("state"))) {
            assertThat(files.map(file -> file.getFileName().toString())).anyMatch(name -> name.endsWith(".changelog"));
        }
    }

    @Test
    void stateStoresAreClosedWhenTheJvmEnds() throws Exception {
        Process process = jvm(Counting.class);
        assertThat(process.inputReader().lines()).containsExactly("while it runs: true", "at its end: false");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aProgramStoppedDuringAQueryPrintsNothingMore() throws Exception {
        Process process = jvm(Endless.class);
        BufferedReader output = process.inputReader();
        assertThat(output.readLine()).isEqualTo("a batch is done");
        process.toHandle().destroy(); // like Ctrl-C; its output can still be read
        assertThat(output.lines()).isEmpty();
        assertThat(process.waitFor()).isEqualTo(143);
    }

    private static Process jvm(Class<?> program) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectErrorStream(true)
                .start();
    }

    static final class Endless {
        public static void main(String[] args) throws Exception {
            StreamingQuery query = LocalSpark.start("endless")
                    .readStream()
                    .format("rate-micro-batch")
                    .option("rowsPerBatch", 10)
                    .load()
                    .groupBy("value")
                    .count()
                    .writeStream()
                    .outputMode("update")
                    .format("noop")
                    .start();
            while (query.lastProgress() == null) {
                Thread.sleep(10);
            }
            System.out.println("a batch is done");
            query.awaitTermination();
        }
    }

    /** A program that ends like those of the workbook, and prints whether Spark maintains state stores. */
    static final class Counting {
        public static void main(String[] args) throws Exception {
            try (SparkSession spark = LocalSpark.start("counting")) {
                Inbox inbox = Inbox.create().deliver(List.of("{\"customer\":1}"));
                spark.readStream()
                        .schema("customer int")
                        .json(inbox.path())
                        .groupBy("customer")
                        .count()
                        .writeStream()
                        .outputMode("update")
                        .trigger(Trigger.AvailableNow())
                        .format("noop")
                        .start()
                        .awaitTermination();
            }
            System.out.println("while it runs: " + StateStore.isMaintenanceRunning());
            Scratch.beforeDeletion(() -> System.out.println("at its end: " + StateStore.isMaintenanceRunning()));
            System.exit(0);
        }
    }
}
