package workbook.kit.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import workbook.kit.JsonLines;

/** Creates a table from a few rows in a program's text. */
public final class SmallTable {

    private SmallTable() {}

    /**
     * Creates a table: {@code of(spark, "customer INT, name STRING", "7 anna, 3 ben")}.
     *
     * @param schema the columns as SQL DDL
     * @param rows the rows in the notation of {@link JsonLines#of}
     * @throws IllegalArgumentException if a row does not have one value for each column
     */
    public static Dataset<Row> of(SparkSession spark, String schema, String rows) {
        String columns = String.join(" ", StructType.fromDDL(schema).fieldNames());
        return spark.read().schema(schema).json(spark.createDataset(JsonLines.of(columns, rows), Encoders.STRING()));
    }
}
