//   spark, a Spark session (takes a few seconds to start)
// Example: spark.range(5).show()
new Thread(() -> workbook.kit.spark.LocalSpark.start("shell")).start(); // while JShell evaluates the imports
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import static org.apache.spark.sql.functions.*;
import workbook.kit.spark.*;
SparkSession spark = LocalSpark.start("shell");
