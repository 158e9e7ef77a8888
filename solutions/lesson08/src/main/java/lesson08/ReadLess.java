package lesson08;

import org.apache.spark.sql.SparkSession;

/**
 * The log gets statistics for each column that is asked for. Z-ordering by time and customer divides the payments into ranges
 * of both, so that each of the two leaves out most files; the ids ascend with the time, and need no order of their own. The
 * files are a little smaller than a tenth of the table, because they are not equally large. OPTIMIZE marks its commit as no
 * change of data, and streams skip it.
 */
public class ReadLess {

    public void layOut(SparkSession spark, String payments) {
        SparkSession own = spark.newSession();
        String table = "delta.`" + payments + "`";
        collectStatistics(own, table);
        optimize(own, table);
    }

    void collectStatistics(SparkSession spark, String table) {
        spark.sql("ALTER TABLE " + table + " SET TBLPROPERTIES (delta.dataSkippingStatsColumns = 'id,time,customer')");
    }

    void optimize(SparkSession spark, String table) {
        setFileSize(spark, table);
        spark.sql("OPTIMIZE " + table + " ZORDER BY (" + order() + ")");
    }

    void setFileSize(SparkSession spark, String table) {
        long size = spark.sql("DESCRIBE DETAIL " + table).first().getAs("sizeInBytes");
        spark.conf().set("spark.databricks.delta.optimize.maxFileSize", size / files());
    }

    String order() {
        return "time, customer";
    }

    int files() {
        return 12;
    }
}
