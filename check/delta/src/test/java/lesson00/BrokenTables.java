package lesson00;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.delta.tables.DeltaTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/** Code that fails on a Delta table with the rows {@code id BIGINT} 0 to 2 and {@code amount INT} 10. */
public class BrokenTables {

    private final SparkSession spark;
    private final String folder;

    public BrokenTables(SparkSession spark, String folder) {
        this.spark = spark;
        this.folder = folder;
    }

    public void mergeOfTwoRowsWithTheSameKey() {
        merge(spark.range(2).select(lit(1L).as("id"), lit(5).as("amount")), "known.id = new.id");
    }

    public void mergeOnAnUnknownColumn() {
        merge(spark.range(2).withColumn("amount", lit(5)), "known.customer = new.id");
    }

    public void streamOfATableWithUpdates() throws Exception {
        spark.sql("UPDATE " + table() + " SET amount = 11 WHERE id = 1");
        read(spark.readStream().format("delta").option("startingVersion", 0).load(folder));
    }

    public void streamOfATableWithDeletions() throws Exception {
        spark.sql("DELETE FROM " + table() + " WHERE id >= 0");
        read(spark.readStream().format("delta").option("startingVersion", 0).load(folder));
    }

    public void changesBeforeTheyWereRecorded() throws Exception {
        spark.sql("ALTER TABLE " + table() + " SET TBLPROPERTIES (delta.enableChangeDataFeed = true)");
        read(spark.readStream()
                .format("delta")
                .option("readChangeFeed", true)
                .option("startingVersion", 0)
                .load(folder));
    }

    public void anotherColumn() {
        append(spark.range(1).withColumn("country", lit("NL")));
    }

    public void anotherType() {
        append(spark.range(1).withColumn("amount", array(lit("ten"))));
    }

    public void writeWithoutAMode() {
        spark.range(1).withColumn("amount", lit(1)).write().format("delta").save(folder);
    }

    public void noTable() {
        spark.read().format("delta").load(folder + "-missing").count();
    }

    public void noTableToMergeInto() {
        DeltaTable.forPath(spark, folder + "-missing");
    }

    public void versionThatIsNotThere() {
        spark.read().format("delta").option("versionAsOf", 7).load(folder).count();
    }

    public void vacuumOfRecentFiles() {
        spark.sql("VACUUM " + table() + " RETAIN 0 HOURS");
    }

    public void zOrderWithoutStatistics() {
        spark.sql("ALTER TABLE " + table() + " SET TBLPROPERTIES (delta.dataSkippingStatsColumns = 'id')");
        spark.sql("OPTIMIZE " + table() + " ZORDER BY (amount)");
    }

    public void zOrderOfAClusteredTable() {
        spark.sql("ALTER TABLE " + table() + " CLUSTER BY (id)");
        spark.sql("OPTIMIZE " + table() + " ZORDER BY (amount)");
    }

    public void violatedConstraint() {
        spark.sql("ALTER TABLE " + table() + " ADD CONSTRAINT positive CHECK (amount > 0)");
        append(spark.range(1).withColumn("amount", lit(-1)));
    }

    public void nullInAColumnThatTakesNone() {
        spark.sql("CREATE TABLE delta.`" + folder + "-strict` (id BIGINT NOT NULL) USING delta");
        spark.range(1)
                .select(lit(null).cast("bigint").as("id"))
                .write()
                .format("delta")
                .mode("append")
                .save(folder + "-strict");
    }

    private void merge(Dataset<Row> rows, String condition) {
        DeltaTable.forPath(spark, folder)
                .as("known")
                .merge(rows.as("new"), condition)
                .whenMatched()
                .updateAll()
                .execute();
    }

    private void append(Dataset<Row> rows) {
        rows.write().format("delta").mode("append").save(folder);
    }

    private static void read(Dataset<Row> stream) throws Exception {
        stream.select(col("id"))
                .writeStream()
                .format("noop")
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
    }

    private String table() {
        return "delta.`" + folder + "`";
    }
}
