package workbook.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.exceptions.ConcurrentAppendException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.kit.delta.KernelTable;
import workbook.kit.delta.ScannedFiles;
import workbook.kit.spark.Inbox;

/** Proves statements of QA.md and of lesson 08 about tables, in Delta and in a database, with Spark. */
class LakehouseTest extends AsksSpark {

    private static final String BANK = "jdbc:h2:mem:bank";

    private static CountDownLatch started;
    private static CountDownLatch otherEnded;

    @TempDir
    Path folder;

    private String table;

    @BeforeEach
    void nameTheTable() {
        table = "delta.`" + folder + "`";
        spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    }

    @Test
    void aRowThatADeletionVectorMarksIsInItsFileUntilAPurge() {
        spark.sql("CREATE TABLE " + table + " (id BIGINT) USING delta"
                + " TBLPROPERTIES (delta.enableDeletionVectors = true)");
        rows(0, 10).write().format("delta").mode("append").save(folder.toString());
        spark.sql("DELETE FROM " + table + " WHERE id = 7");
        vacuum();
        assertThat(spark.table(table).where("id = 7").count()).isZero();
        assertThat(inFiles("id = 7")).isEqualTo(1);

        spark.sql("REORG TABLE " + table + " APPLY (PURGE)");
        vacuum();
        assertThat(inFiles("id = 7")).isZero();
        assertThat(inFiles("id <> 7")).isEqualTo(9);
    }

    @Test
    void aFileThatNoEntryOfTheLogNamesIsNotInTheTable() {
        rows(0, 3).write().format("delta").save(folder.toString());
        rows(100, 200).write().mode("append").parquet(folder.toString());

        assertThat(spark.table(table).count()).isEqualTo(3);
        assertThat(inFiles("true")).isEqualTo(103);
    }

    @Test
    void optimizeReplacesSmallFilesAndLeavesThemOnDisk() {
        for (int id = 0; id < 6; id++) {
            rows(id, id + 1).write().format("delta").mode("append").save(folder.toString());
        }
        for (int run = 1; run <= 2; run++) {
            spark.sql("OPTIMIZE " + table);
            assertThat(KernelTable.latest(folder).version()).isEqualTo(6);
            assertThat(KernelTable.latest(folder).files()).hasSize(1);
            assertThat(folder.toFile().listFiles((dir, name) -> name.endsWith(".parquet")))
                    .hasSize(7);
        }
    }

    @Test
    void aWriterIsRefusedIfAnotherOneChangedWhatItHasRead() throws Exception {
        spark.udf().register("slow", (UDF1<Long, Long>) LakehouseTest::slow, DataTypes.LongType);
        rows(0, 3).write().format("delta").save(folder.toString());

        assertThat(meanwhile("DELETE FROM " + table + " WHERE slow(id) = 1", "INSERT INTO " + table + " VALUES (8)"))
                .isInstanceOf(ConcurrentAppendException.class);
        assertThat(meanwhile(
                        "INSERT INTO " + table + " SELECT slow(id) FROM range(0, 1, 1, 1)",
                        "INSERT INTO " + table + " VALUES (9)"))
                .isNull();
    }

    /**
     * Runs a statement that calls slow in one task, and another one while it runs; returns why the first one fails, or
     * null.
     */
    private Throwable meanwhile(String first, String other) throws InterruptedException {
        started = new CountDownLatch(1);
        otherEnded = new CountDownLatch(1);
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> spark.sql(first))
                .handle((done, e) -> e == null ? null : e.getCause());
        started.await();
        spark.sql(other);
        otherEnded.countDown();
        return failure.join();
    }

    private static long slow(long id) throws InterruptedException {
        started.countDown();
        otherEnded.await();
        return id;
    }

    @Test
    void aFileSinkWithANewCheckpointSkipsTheBatchesThatItKnows() throws Exception {
        assertThat(rowsAfterTwoCheckpoints("parquet")).isEqualTo(1);
    }

    @Test
    void aDeltaSinkWithANewCheckpointWritesEveryRowAgain() throws Exception {
        assertThat(rowsAfterTwoCheckpoints("delta")).isEqualTo(3);
    }

    /** Writes a row, and then two, of which one is new, with a new checkpoint; returns how many rows the sink has. */
    private long rowsAfterTwoCheckpoints(String format) throws Exception {
        Inbox inbox = Inbox.create();
        for (String row : List.of("1", "2")) {
            inbox.deliver("id", row);
            inbox.stream(spark, "id BIGINT", 2)
                    .writeStream()
                    .format(format)
                    .option(
                            "checkpointLocation",
                            folder.resolve("checkpoint-" + row).toString())
                    .trigger(Trigger.AvailableNow())
                    .start(folder.resolve("sink").toString())
                    .awaitTermination();
        }
        return spark.read()
                .format(format)
                .load(folder.resolve("sink").toString())
                .count();
    }

    @Test
    void anOverwriteDropsTheTableOfADatabaseAndItsKey() throws SQLException {
        try (Connection bank = DriverManager.getConnection(BANK)) {
            bank.createStatement().execute("CREATE TABLE payments (id BIGINT PRIMARY KEY)");
            assertThat(keys(bank)).isEqualTo(1);
            rows(0, 3).write().mode("overwrite").jdbc(BANK, "payments", new Properties());
            assertThat(keys(bank)).isZero();

            rows(0, 3).write().mode("append").jdbc(BANK, "payments", new Properties());
            assertThat(count(bank)).isEqualTo(6);
        }
    }

    private static int keys(Connection bank) throws SQLException {
        return number(bank, "SELECT count(*) FROM information_schema.table_constraints");
    }

    @Test
    void aJdbcWriteThatFailsLeavesTheRowsOfOtherPartitions() throws SQLException {
        try (Connection bank = DriverManager.getConnection(BANK)) {
            bank.createStatement().execute("CREATE TABLE payments (id BIGINT NOT NULL)");
            UDF1<Long, Long> nullAtSix = id -> id == 6 ? nullAfterTheOtherPartition() : id;
            spark.udf().register("null_at_six", nullAtSix, DataTypes.LongType);

            Dataset<Row> ten = spark.range(1, 11, 1, 2).selectExpr("null_at_six(id) AS id");
            assertThatThrownBy(() -> ten.write().mode("append").jdbc(BANK, "payments", new Properties()))
                    .isNotNull();
            assertThat(count(bank)).isEqualTo(5);
        }
    }

    private static Long nullAfterTheOtherPartition() throws SQLException {
        try (Connection bank = DriverManager.getConnection(BANK)) {
            while (count(bank) < 5) {
                Thread.onSpinWait();
            }
            return null;
        }
    }

    private static int count(Connection bank) throws SQLException {
        return number(bank, "SELECT count(*) FROM payments");
    }

    private static int number(Connection bank, String query) throws SQLException {
        try (ResultSet number = bank.createStatement().executeQuery(query)) {
            number.next();
            return number.getInt(1);
        }
    }

    @Test
    void aTableSkipsABatchNumberThatItHasFromThisApplication() {
        append(1, "lake", 0);
        append(777, "lake", 0); // a new checkpoint: the first batch of another query
        assertThat(ids()).containsExactly(1L);

        append(777, "the other query", 0);
        assertThat(ids()).containsExactlyInAnyOrder(1L, 777L);
    }

    @Test
    void aTableSkipsTheSecondWriteOfABatch() {
        append(1, "lake", 5);
        append(2, "lake", 5); // another part of the batch
        append(3, "lake", 4);
        assertThat(ids()).containsExactly(1L);
    }

    private void append(int id, String application, long version) {
        rows(id, id + 1)
                .write()
                .format("delta")
                .mode("append")
                .option("txnAppId", application)
                .option("txnVersion", version)
                .save(folder.toString());
    }

    private List<Long> ids() {
        return spark.table(table).as(Encoders.LONG()).collectAsList();
    }

    @Test
    void aFilterSkipsFilesIfSparkCanComputeItsRange() {
        spark.sql("CREATE TABLE " + table + " (time TIMESTAMP, customer INT, note INT) USING delta"
                + " TBLPROPERTIES (delta.dataSkippingNumIndexedCols = 2)");
        spark.sql("INSERT INTO " + table
                + " SELECT timestamp'2018-04-01' + make_interval(0, 0, 0, 0, int(id)), int(id), int(id)"
                + " FROM range(0, 96, 1, 4)");

        assertThat(filesRead("date(time) = '2018-04-02'")).isEqualTo(1);
        assertThat(filesRead("customer + 0 = 7")).isEqualTo(1);
        assertThat(filesRead("hour(time) = 12")).isEqualTo(4);
        assertThat(filesRead("string(customer) = '7'")).isEqualTo(4);
        assertThat(filesRead("note = 7")).as("without statistics").isEqualTo(4);
    }

    private long filesRead(String filter) {
        return ScannedFiles.of(spark.table(table).where(filter));
    }

    private Dataset<Row> rows(int from, int to) {
        return spark.range(from, to, 1, 1).toDF();
    }

    private void vacuum() {
        spark.sql("VACUUM " + table + " RETAIN 0 HOURS");
    }

    /** How many rows the Parquet files in the folder hold, whether or not they are in the table. */
    private long inFiles(String condition) {
        return spark.read().parquet(folder + "/*.parquet").where(condition).count();
    }
}
