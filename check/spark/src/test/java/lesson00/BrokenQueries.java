package lesson00;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.window;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import workbook.kit.Scratch;

/**
 * Typical mistakes of learners, on a stream of payments (card STRING, amount INT, text STRING, time TIMESTAMP). Each public
 * method is a case; each of them fails.
 */
public class BrokenQueries {

    private final Limit limit = new Limit();

    // Operations that a stream does not support

    public Dataset<Row> appendWithoutWatermark(Dataset<Row> payments) {
        return payments.groupBy("card").agg(sum("amount").as("total"));
    }

    public Dataset<Row> completeWithoutAggregation(Dataset<Row> payments) {
        return payments.filter("amount > 3");
    }

    public Dataset<Row> firstOfNothing(Dataset<Row> payments) {
        return payments.where(lit(payments.sparkSession().range(0).head() > 0));
    }

    public Dataset<String> timestampOfAnInstant(Dataset<Row> payments) {
        return payments.map(
                (MapFunction<Row, String>) payment -> payment.getTimestamp(3).toString(), Encoders.STRING());
    }

    public Dataset<Row> count(Dataset<Row> payments) {
        return payments.withColumn("share", col("amount").divide(payments.count()));
    }

    public Dataset<Row> show(Dataset<Row> payments) {
        payments.show();
        return payments;
    }

    public Dataset<Row> write(Dataset<Row> payments) {
        payments.write().parquet("payments");
        return payments;
    }

    public Dataset<Row> orderBy(Dataset<Row> payments) {
        return payments.orderBy("amount");
    }

    public Dataset<Row> countDistinct(Dataset<Row> payments) {
        return payments.groupBy("card").agg(count_distinct(col("amount")).as("amounts"));
    }

    public Dataset<Row> rowNumber(Dataset<Row> payments) {
        return payments.withColumn(
                "n", row_number().over(Window.partitionBy("card").orderBy("time")));
    }

    public Dataset<Row> averageOfTotalsInUpdateMode(Dataset<Row> payments) {
        return payments.withWatermark("time", "1 minute")
                .groupBy(window(col("time"), "1 minute"), col("card"))
                .agg(sum("amount").as("total"))
                .groupBy(window(col("window"), "2 minutes"))
                .agg(avg("total").as("average"));
    }

    public Dataset<Row> outerJoinWithoutWatermark(Dataset<Row> payments) {
        Dataset<Row> others = payments.select(col("card").as("other"));
        return payments.join(others, col("card").equalTo(col("other")), "left_outer");
    }

    public Dataset<Row> watermarkOnText(Dataset<Row> payments) {
        return payments.withWatermark("text", "10 minutes");
    }

    public Dataset<Row> watermarkInWords(Dataset<Row> payments) {
        return payments.withWatermark("time", "ten minutes");
    }

    public Dataset<Row> checkpointOfAnotherQuery(Dataset<Row> payments) throws Exception {
        String checkpoint = Scratch.folder("checkpoint-").toString();
        for (String key : List.of("value", "CAST(value AS STRING) AS value")) {
            payments.sparkSession()
                    .readStream()
                    .format("rate-micro-batch")
                    .option("rowsPerBatch", 1)
                    .load()
                    .selectExpr(key)
                    .groupBy("value")
                    .count()
                    .writeStream()
                    .format("noop")
                    .outputMode("update")
                    .option("checkpointLocation", checkpoint)
                    .trigger(Trigger.AvailableNow())
                    .start()
                    .awaitTermination();
        }
        return payments;
    }

    public Dataset<Row> noCheckpoint(Dataset<Row> payments) throws Exception {
        payments.writeStream().format("parquet").option("path", "payments").start();
        return payments;
    }

    public Dataset<Row> streamOfFilesWithoutSchema(Dataset<Row> payments) {
        return payments.sparkSession()
                .readStream()
                .json(Scratch.folder("files-").toString());
    }

    public Dataset<Row> tableInAFolderWithoutFiles(Dataset<Row> payments) {
        return payments.sparkSession().read().parquet(Scratch.folder("table-").toString());
    }

    // Columns and types

    public Dataset<Row> misspeltColumn(Dataset<Row> payments) {
        return payments.filter("amount > 3").select(col("crad"));
    }

    public Dataset<Row> ambiguousColumn(Dataset<Row> payments) {
        Dataset<Row> texts = payments.select(col("card").as("other"), col("text"));
        return payments.join(texts, col("card").equalTo(col("other"))).select("text");
    }

    public Dataset<Row> timePlusSeconds(Dataset<Row> payments) {
        return payments.withColumn("time", col("time").plus(60));
    }

    public Dataset<Row> sumOfConditions(Dataset<Row> payments) {
        return payments.groupBy("card").agg(sum(col("amount").gt(3)).as("large"));
    }

    public Dataset<Row> neitherGroupedNorAggregated(Dataset<Row> payments) {
        return payments.groupBy("card").agg(col("text"), sum("amount").as("total"));
    }

    public Dataset<Row> unknownFunction(Dataset<Row> payments) {
        return payments.selectExpr("to_millis(time) AS millis");
    }

    public Dataset<Row> notSql(Dataset<Row> payments) {
        return payments.selectExpr("amount +* 2 AS amount");
    }

    public Dataset<Row> unionOfOtherWidth(Dataset<Row> payments) {
        return payments.union(payments.select("card", "amount"));
    }

    public Dataset<Row> unionOfOtherTypes(Dataset<Row> payments) {
        return payments.select("card", "time").union(payments.select("card", "amount"));
    }

    public Dataset<Row> unknownFormat(Dataset<Row> payments) {
        return payments.sparkSession().readStream().format("kafak").load();
    }

    // Values that the query did not expect

    public Dataset<Row> castOfText(Dataset<Row> payments) {
        return payments.select(col("text").cast("int"));
    }

    public Dataset<Row> malformedJson(Dataset<Row> payments) {
        return payments.select(from_json(col("text"), StructType.fromDDL("id INT"), Map.of("mode", "FAILFAST")));
    }

    public Dataset<Row> folderThatIsThere(Dataset<Row> payments) {
        String folder = Scratch.folder("table-") + "/payments";
        payments.sparkSession().range(3).write().parquet(folder);
        payments.sparkSession().range(3).write().parquet(folder);
        return payments;
    }

    public Dataset<Row> sumOfText(Dataset<Row> payments) {
        return payments.groupBy("card").agg(sum("text").as("total"));
    }

    public Dataset<Row> castTooNarrow(Dataset<Row> payments) {
        return payments.select(col("amount").plus(lit(5_000_000_000L)).cast("int"));
    }

    public Dataset<Row> sumTooLarge(Dataset<Row> payments) {
        return payments.select(
                col("amount").multiply(lit(new BigDecimal("99999999.99"))).cast("decimal(10,2)"));
    }

    public Dataset<Row> bytesThatAreNoText(Dataset<Row> payments) {
        return payments.selectExpr("decode(unhex(if(amount > 0, 'C3', '')), 'UTF-8') AS text");
    }

    public Dataset<Row> productTooLarge(Dataset<Row> payments) {
        return payments.select(col("amount").multiply(lit(Integer.MAX_VALUE)));
    }

    public Dataset<Row> divisionByZero(Dataset<Row> payments) {
        return payments.select(lit(100).divide(col("amount").minus(col("amount"))));
    }

    public Dataset<Row> divisionByZeroInSql(Dataset<Row> payments) {
        return payments.selectExpr("100 / (amount - amount) AS share");
    }

    public Dataset<Row> nullText(Dataset<Row> payments) {
        return payments.filter((FilterFunction<Row>) row -> row.getString(2).length() > 3);
    }

    public Dataset<Row> nullNumber(Dataset<Row> payments) {
        return payments.filter((FilterFunction<Row>) row -> row.getInt(1) > 3);
    }

    public Dataset<Row> nullInUdf(Dataset<Row> payments) {
        UDF1<Integer, Integer> twice = amount -> 2 * amount;
        return payments.select(udf(twice, DataTypes.IntegerType).apply(col("amount")));
    }

    public Dataset<Row> getAsAnotherType(Dataset<Row> payments) {
        return payments.filter((FilterFunction<Row>) row -> {
            String amount = row.getAs("amount");
            return amount.isEmpty();
        });
    }

    public Dataset<Row> getAsOfNoField(Dataset<Row> payments) {
        return payments.filter((FilterFunction<Row>) row -> row.<Integer>getAs("amuont") > 3);
    }

    public Dataset<Row> numberInUdf(Dataset<Row> payments) {
        UDF1<String, Integer> number = text -> Integer.parseInt(text);
        return payments.select(udf(number, DataTypes.IntegerType).apply(col("text")));
    }

    public Dataset<Row> dateInFilter(Dataset<Row> payments) {
        return payments.filter(
                (FilterFunction<Row>) row -> LocalDate.parse(row.getString(2)).getYear() > 2000);
    }

    public Dataset<Row> divisionByZeroInFilter(Dataset<Row> payments) {
        return payments.filter((FilterFunction<Row>) row -> 100 / (row.getInt(1) - row.getInt(1)) > 1);
    }

    public Dataset<Row> partThatIsMissing(Dataset<Row> payments) {
        return payments.filter(
                (FilterFunction<Row>) row -> row.getString(0).split("-")[2].isEmpty());
    }

    public Dataset<Row> rowOfAnotherType(Dataset<Row> payments) {
        Dataset<Row> cards = payments.select("card");
        return cards.map((MapFunction<Row, Row>) row -> RowFactory.create(1), Encoders.row(cards.schema()));
    }

    public Dataset<Row> encoderTooNarrow(Dataset<Row> payments) {
        return payments.select("card", "amount").as(Encoders.INT()).toDF();
    }

    public Dataset<Row> beanWithoutConstructor(Dataset<Row> payments) {
        return payments.select(col("card").as("number"))
                .as(Encoders.bean(Card.class))
                .map((MapFunction<Card, String>) Card::getNumber, Encoders.STRING())
                .toDF();
    }

    // Functions that cannot be serialized

    public Dataset<Row> functionWithAVariable(Dataset<Row> payments) {
        Limit most = new Limit();
        return payments.filter((FilterFunction<Row>) row -> row.getInt(1) > most.cents);
    }

    public Dataset<Row> functionWithAField(Dataset<Row> payments) {
        return payments.filter((FilterFunction<Row>) row -> row.getInt(1) > limit.cents);
    }

    public Dataset<Row> functionWithAFieldOfAnother(Dataset<Row> payments) {
        Rule rule = new Rule();
        return payments.filter((FilterFunction<Row>) row -> row.getInt(1) > rule.most.cents);
    }

    public Dataset<Row> functionWithADataset(Dataset<Row> payments) {
        return payments.filter((FilterFunction<Row>) row -> payments.columns().length > 3);
    }

    // Code

    public Dataset<Row> memoryFull(Dataset<Row> payments) {
        List<long[]> all = new ArrayList<>();
        while (true) {
            all.add(new long[400_000_000]);
        }
    }

    public Dataset<Row> endlessRecursion(Dataset<Row> payments) {
        return endlessRecursion(payments);
    }

    public Dataset<Row> timeOut(Dataset<Row> payments) throws Exception {
        return new CompletableFuture<Dataset<Row>>().get(10, TimeUnit.MILLISECONDS);
    }

    public Dataset<Row> anythingElse(Dataset<Row> payments) {
        throw new IllegalStateException("no such card");
    }

    public static class Card {
        private final String number;

        public Card(String number) {
            this.number = number;
        }

        public String getNumber() {
            return number;
        }
    }

    private static class Limit {
        private final int cents = Integer.parseInt("100");
    }

    private static class Rule implements Serializable {
        private final Limit most = new Limit();
    }
}
