///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Reads payments from JSON, CSV and Parquet files, some of which do not match the schema. */
@Command(description = "Files that match the schema, and files that do not.")
public class FileDrop extends SparkProgram {

    static final String SCHEMA = "id BIGINT, customer INT, amount DECIMAL(10,2)";

    @Override
    protected void run(SparkSession spark) throws Exception {
        System.out.println("JSON");
        String json = file("""
                {"id":1,"customer":7,"amount":12.50}
                {"id":2,"customer":3,"amount":140.00}""");
        print("as in the schema", stream(spark).json(json));
        String broken = file("""
                {"id":1,"customer":"seven","amount":12.50}
                {"id":2,"client":3,"amount":140.00}
                {"id":3,"customer":5,"amo""");
        print("broken", stream(spark).json(broken));
        print("  _corrupt_record", withCorrupt(spark).json(broken), row -> row.getString(3));
        print("  DROPMALFORMED", stream(spark).option("mode", "DROPMALFORMED").json(broken));
        print("  FAILFAST", stream(spark).option("mode", "FAILFAST").json(broken));

        System.out.println("CSV");
        String csv = file("id,customer,amount\n1,7,12.50\n2,3,140");
        print("as in the schema", stream(spark).option("header", true).csv(csv));
        String swapped = file("id,amount,customer\n1,12.50,7\n2,140,3");
        print("columns swapped", stream(spark).option("header", true).csv(swapped));
        print("  _corrupt_record", withCorrupt(spark).option("header", true).csv(swapped), row -> row.getString(3));
        DataStreamReader strict = stream(spark).option("header", true).option("enforceSchema", false);
        print("  enforceSchema=false", strict.csv(swapped));

        System.out.println("Parquet");
        Dataset<Row> payments = spark.read().schema(SCHEMA).json(json);
        parquet("as in the schema", payments);
        parquet("columns swapped", payments.select("amount", "id", "customer"));
        parquet("column renamed", payments.withColumnRenamed("customer", "client"));
        parquet("id an int", payments.selectExpr("int(id) AS id", "customer", "amount"));
        parquet("customer a bigint", payments.selectExpr("id", "bigint(customer) AS customer", "amount"));
    }

    private static DataStreamReader stream(SparkSession spark) {
        return spark.readStream().schema(SCHEMA);
    }

    /** The additional column gets the text of each row that cannot be parsed. */
    private static DataStreamReader withCorrupt(SparkSession spark) {
        return spark.readStream().schema(SCHEMA + ", _corrupt_record STRING");
    }

    private static void parquet(String title, Dataset<Row> payments) throws Exception {
        String folder = Scratch.folder("parquet-").resolve("payments").toString();
        payments.coalesce(1).write().parquet(folder);
        print(title, stream(payments.sparkSession()).parquet(folder));
    }

    /** A folder with one text file. */
    private static String file(String text) {
        return Inbox.create().deliver(text.lines().toList()).path();
    }

    private static void print(String title, Dataset<Row> stream) throws Exception {
        print(title, stream, CollectedBatch::text);
    }

    /** Prints the text of each row of a stream, or why its query fails. */
    private static void print(String title, Dataset<Row> stream, Function<Row, String> text) throws Exception {
        String result;
        try {
            result = CollectedQuery.run(stream, "append").stream()
                    .flatMap(batch -> batch.rows().stream())
                    .map(text)
                    .collect(Collectors.joining(" | "));
        } catch (StreamingQueryException e) { // Its cause names the file; the cause of that is the error.
            String error =
                    e.getCause().getCause().getMessage().lines().findFirst().orElse("");
            result = "fails: " + error.replaceFirst("^\\[[A-Z_.]+] ", "");
        }
        System.out.printf("  %-21s %s%n", title, result);
    }

    public static void main(String[] args) {
        Program.run(new FileDrop(), args);
    }
}
