//   spark, a Spark session (it starts now; a few seconds)
// For example: spark.range(5).show()
new Thread(() -> workbook.kit.spark.LocalSpark.start("shell")).start(); // beside the imports
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import static org.apache.spark.sql.functions.*;
import workbook.kit.spark.*;
SparkSession spark = LocalSpark.start("shell");
