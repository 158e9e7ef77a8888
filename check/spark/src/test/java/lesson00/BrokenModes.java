package lesson00;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.session_window;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.time.Instant;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import workbook.kit.Scratch;

/** Typical mistakes with watermarks and output modes, on the stream of {@link BrokenQueries}. */
public class BrokenModes {

    // Append mode without a watermark that arrives at the groupBy

    public Dataset<Row> appendByKey(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes").groupBy("card").agg(sum("amount"));
    }

    public Dataset<Row> appendByHour(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .groupBy(date_trunc("hour", col("time")))
                .agg(sum("amount"));
    }

    public Dataset<Row> appendByStart(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .groupBy(window(col("time"), "1 hour").getField("start"))
                .agg(sum("amount"));
    }

    public Dataset<Row> appendAfterMap(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .map((MapFunction<Row, Row>) row -> row, Encoders.row(payments.schema()))
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount"));
    }

    public Dataset<Row> appendAfterMapToTimes(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .map((MapFunction<Row, Instant>) row -> row.getInstant(3), Encoders.INSTANT())
                .groupBy(window(col("value"), "1 hour"))
                .count();
    }

    public Dataset<Row> appendAfterState(Dataset<Row> payments) {
        FlatMapGroupsWithStateFunction<String, Row, Integer, Row> same = (card, rows, state) -> rows;
        return payments.withWatermark("time", "10 minutes")
                .groupByKey((MapFunction<Row, String>) row -> row.getString(0), Encoders.STRING())
                .flatMapGroupsWithState(
                        same,
                        OutputMode.Append(),
                        Encoders.INT(),
                        Encoders.row(payments.schema()),
                        GroupStateTimeout.NoTimeout())
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount"));
    }

    public Dataset<Row> appendWatermarkAfter(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount").as("total"))
                .withWatermark("window", "10 minutes");
    }

    public Dataset<Row> appendOtherColumn(Dataset<Row> payments) {
        return payments.withColumn("arrived", expr("current_timestamp()"))
                .withWatermark("arrived", "10 minutes")
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount").as("total"));
    }

    public Dataset<Row> watermarkTwice(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .withWatermark("time", "20 minutes")
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount"));
    }

    public Dataset<Row> watermarkTwoColumns(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .withColumn("later", expr("time + INTERVAL 1 HOUR"))
                .withWatermark("later", "20 minutes")
                .groupBy(window(col("later"), "1 hour"))
                .agg(sum("amount"));
    }

    public Dataset<Row> watermarkNegative(Dataset<Row> payments) {
        return payments.withWatermark("time", "-10 minutes");
    }

    public Dataset<Row> watermarkOfMonths(Dataset<Row> payments) {
        return payments.withWatermark("time", "1 month")
                .groupBy(window(col("time"), "1 month"))
                .agg(sum("amount"));
    }

    public Dataset<Row> watermarkOnAField(Dataset<Row> payments) {
        return payments.selectExpr("struct(card, time) AS payment").withWatermark("payment.time", "10 minutes");
    }

    public Dataset<Row> watermarkAfterMap(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .map((MapFunction<Row, Row>) row -> row, Encoders.row(payments.schema()))
                .withWatermark("time", "10 minutes")
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount"));
    }

    public Dataset<Row> appendAfterCast(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .withColumn("time", expr("CAST(CAST(time AS STRING) AS TIMESTAMP)"))
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount"));
    }

    public Dataset<Row> joinWithoutEquality(Dataset<Row> payments) {
        Dataset<Row> others = payments.select(col("amount").as("other"));
        return payments.join(others, expr("amount > other"));
    }

    public Dataset<Row> twoWatermarks(Dataset<Row> payments) {
        return join(payments, "inner", "INTERVAL 1 HOUR").dropDuplicatesWithinWatermark("card");
    }

    public Dataset<Row> windowTwice(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .groupBy(window(col("time"), "1 hour"), window(col("time"), "1 day"))
                .agg(sum("amount"));
    }

    public Dataset<Row> slideLongerThanWindow(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour", "2 hours")).agg(sum("amount"));
    }

    // What an operator does not support in a mode

    public Dataset<Row> updateSession(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .groupBy(session_window(col("time"), "5 minutes"), col("card"))
                .agg(sum("amount"));
    }

    public Dataset<Row> globalSession(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .groupBy(session_window(col("time"), "5 minutes"))
                .agg(sum("amount"));
    }

    public Dataset<Row> updateOuterJoin(Dataset<Row> payments) {
        return join(payments, "left_outer", "INTERVAL 1 HOUR");
    }

    public Dataset<Row> monthsInJoin(Dataset<Row> payments) {
        return join(payments, "left_outer", "INTERVAL 1 MONTH");
    }

    public Dataset<Row> fullJoinWithATable(Dataset<Row> payments) {
        Dataset<Row> cards = payments.sparkSession().sql("SELECT 'card-1' AS card, 'a' AS owner");
        return payments.join(cards, payments.col("card").equalTo(cards.col("card")), "full_outer");
    }

    public Dataset<Row> updateSort(Dataset<Row> payments) {
        return payments.groupBy("card").agg(sum("amount").as("total")).orderBy("total");
    }

    public Dataset<Row> updateLimit(Dataset<Row> payments) {
        return payments.limit(3);
    }

    public Dataset<Row> completeDistinct(Dataset<Row> payments) {
        return payments.dropDuplicates("card");
    }

    public Dataset<Row> distinctWithinNoWatermark(Dataset<Row> payments) {
        return payments.dropDuplicatesWithinWatermark("card");
    }

    public Dataset<Row> updateFile(Dataset<Row> payments) throws Exception {
        payments.groupBy("card")
                .count()
                .writeStream()
                .format("parquet")
                .outputMode("update")
                .option("checkpointLocation", Scratch.folder("checkpoint-").toString())
                .start(Scratch.folder("table-").toString());
        return payments;
    }

    public Dataset<Row> completeFile(Dataset<Row> payments) throws Exception {
        payments.groupBy("card")
                .count()
                .writeStream()
                .format("parquet")
                .outputMode("complete")
                .option("checkpointLocation", Scratch.folder("checkpoint-").toString())
                .start(Scratch.folder("table-").toString());
        return payments;
    }

    public Dataset<Row> unknownMode(Dataset<Row> payments) throws Exception {
        payments.writeStream().format("noop").outputMode("overwrite").start();
        return payments;
    }

    public Dataset<Row> updateTotalThenJoin(Dataset<Row> payments) {
        Dataset<Row> marked = payments.withWatermark("time", "10 minutes");
        Dataset<Row> totals = marked.groupBy(window(col("time"), "1 hour"), col("card"))
                .agg(sum("amount").as("total"));
        Dataset<Row> others =
                payments.select(col("card").as("other"), col("time").as("then")).withWatermark("then", "1 minute");
        return totals.join(others, expr("card = other AND then > window.end"));
    }

    public Dataset<Row> appendInnerJoinOfTotals(Dataset<Row> payments) {
        return payments.groupBy("card").count().join(payments.select(col("card").as("c")), expr("card = c"));
    }

    public Dataset<Row> unionWithTable(Dataset<Row> payments) {
        Dataset<Row> old = payments.sparkSession().createDataFrame(List.of(), payments.schema());
        return payments.union(old);
    }

    public Dataset<Row> exceptOfStreams(Dataset<Row> payments) {
        return payments.except(payments);
    }

    private static Dataset<Row> join(Dataset<Row> payments, String type, String bound) {
        Dataset<Row> left = payments.withWatermark("time", "10 minutes");
        Dataset<Row> right =
                payments.select(col("card").as("other"), col("time").as("then")).withWatermark("then", "10 minutes");
        return left.join(right, expr("card = other AND then BETWEEN time AND time + " + bound), type);
    }
}
