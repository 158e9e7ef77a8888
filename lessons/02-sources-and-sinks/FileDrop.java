///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Files as a source: payments as JSON, CSV and Parquet, and what becomes of files that are not as agreed. */
@Command(name = "FileDrop", mixinStandardHelpOptions = true, description = "Files as agreed, and others.")
public class FileDrop implements Callable<Integer> {

    /** What was agreed. */
    static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.LongType)
            .add("customer", DataTypes.IntegerType)
            .add("amount", DataTypes.createDecimalType(10, 2));

    /** The same, with a column for the text of a row that does not fit. */
    static final StructType AND_CORRUPT = SCHEMA.add("_corrupt_record", DataTypes.StringType);

    public static void main(String[] args) {
        Program.run(new FileDrop(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("FileDrop")) {
            json(spark);
            csv(spark);
            parquet(spark);
            return 0;
        }
    }

    static void json(SparkSession spark) throws Exception {
        System.out.println("JSON");
        String agreed = file("""
                {"id":1,"customer":7,"amount":12.50}
                {"id":2,"customer":3,"amount":140.00}""");
        print("as agreed", read(spark, "json", SCHEMA, Map.of(), agreed));
        String broken = file("""
                {"id":1,"customer":"seven","amount":12.50}
                {"id":2,"client":3,"amount":140.00}
                {"id":3,"customer":5,"amo""");
        print("broken", read(spark, "json", SCHEMA, Map.of(), broken));
        print("  _corrupt_record", read(spark, "json", AND_CORRUPT, Map.of(), broken));
        print("  DROPMALFORMED", read(spark, "json", SCHEMA, Map.of("mode", "DROPMALFORMED"), broken));
        print("  FAILFAST", read(spark, "json", SCHEMA, Map.of("mode", "FAILFAST"), broken));
    }

    static void csv(SparkSession spark) throws Exception {
        System.out.println("CSV");
        Map<String, String> header = Map.of("header", "true");
        print("as agreed", read(spark, "csv", SCHEMA, header, file("id,customer,amount\n1,7,12.50\n2,3,140")));
        String swapped = file("id,amount,customer\n1,12.50,7\n2,140,3");
        print("columns swapped", read(spark, "csv", SCHEMA, header, swapped));
        print("  _corrupt_record", read(spark, "csv", AND_CORRUPT, header, swapped));
        Map<String, String> checked = Map.of("header", "true", "enforceSchema", "false");
        print("  header checked", read(spark, "csv", SCHEMA, checked, swapped));
    }

    static void parquet(SparkSession spark) throws Exception {
        System.out.println("Parquet");
        Dataset<Row> payments = spark.createDataFrame(
                List.of(
                        RowFactory.create(1L, 7, new BigDecimal("12.50")),
                        RowFactory.create(2L, 3, new BigDecimal("140.00"))),
                SCHEMA);
        parquet(spark, "as agreed", payments);
        parquet(spark, "columns swapped", payments.select("amount", "id", "customer"));
        parquet(spark, "column renamed", payments.withColumnRenamed("customer", "client"));
        parquet(spark, "id an int", payments.selectExpr("int(id) AS id", "customer", "amount"));
        parquet(spark, "customer a bigint", payments.selectExpr("id", "bigint(customer) AS customer", "amount"));
    }

    private static void parquet(SparkSession spark, String what, Dataset<Row> payments) throws Exception {
        String folder = Scratch.folder("parquet-").resolve("payments").toString();
        payments.coalesce(1).write().parquet(folder);
        print(what, read(spark, "parquet", SCHEMA, Map.of(), folder));
    }

    /** A folder with one text file. */
    public static String file(String text) {
        return Inbox.create().deliver(text.lines().toList()).path();
    }

    /** The rows of a stream of these files (of {@link #AND_CORRUPT} the last column), or why they cannot be read. */
    public static String read(
            SparkSession spark, String format, StructType schema, Map<String, String> options, String folder)
            throws Exception {
        List<String> rows = new ArrayList<>();
        StreamingQuery query = spark.readStream()
                .format(format)
                .schema(schema)
                .options(options)
                .load(folder)
                .writeStream()
                .trigger(Trigger.AvailableNow())
                .foreachBatch((batch, id) -> {
                    batch.collectAsList()
                            .forEach(row -> rows.add(schema == SCHEMA ? row.mkString(" ") : row.getString(3)));
                })
                .start();
        try {
            query.awaitTermination();
            return String.join(" | ", rows);
        } catch (StreamingQueryException e) {
            // The query failed, because a file could not be read, because:
            String because =
                    e.getCause().getCause().getMessage().lines().findFirst().orElse("");
            return "refused: " + because.replaceFirst("^\\[[A-Z_.]+] ", "");
        }
    }

    private static void print(String what, String rows) {
        System.out.printf("  %-18s %s%n", what, rows);
    }
}
