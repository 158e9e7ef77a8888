package workbook.kit.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Creates a table that Spark plans for as for a large one: its size is unknown, and Spark broadcasts nothing of unknown size
 * by itself. Of a table from a list, it would know the size.
 */
public final class LargeTable {

    private LargeTable() {}

    /**
     * Creates a table.
     *
     * @param partitions the number of its partitions; the rows are divided in their order
     */
    public static Dataset<Row> of(SparkSession spark, StructType columns, List<Row> rows, int partitions) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return spark.createDataFrame(context.parallelize(rows, partitions), columns);
    }
}
