package lesson08;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.check.diagnose.Misconception;

/** Wrong answers that people really give to {@link ReadLess}. */
class ReadLessMisconceptions {

    @Misconception(
            believed = "Small files are the problem, and OPTIMIZE solves it.",
            really =
                    "It makes one file of all. Every filter opens only one file, with all rows, and there is nothing left to"
                            + " skip and one task to read it.",
            concept = "Data skipping")
    public static class Compacts extends ReadLess {
        @Override
        public void layOut(SparkSession spark, String payments) {
            spark.sql("OPTIMIZE delta.`" + payments + "`");
        }
    }

    @Misconception(
            believed = "With delta.autoOptimize the table keeps itself in order.",
            really =
                    "That property concerns later writes, and it compacts: it sorts nothing. The files that are there stay as they"
                            + " are.",
            concept = "Data skipping")
    public static class SetsAProperty extends ReadLess {
        @Override
        public void layOut(SparkSession spark, String payments) {
            spark.sql("ALTER TABLE delta.`" + payments + "` SET TBLPROPERTIES (delta.autoOptimize.autoCompact = true)");
        }
    }

    @Misconception(
            believed = "The table is sorted by time. Larger files are all that it needs.",
            really =
                    "A customer can be in each of them: the range of customers is the whole range in every file. A filter on the customer"
                            + " opens all.",
            concept = "Data skipping")
    public static class SortsByTime extends ReadLess {
        @Override
        String order() {
            return "time";
        }
    }

    @Misconception(
            believed = "Sort by the column that has the most values.",
            really =
                    "Then a customer is in one file, and each file has payments of all days: a few hours and an id open all.",
            concept = "Data skipping")
    public static class SortsByCustomer extends ReadLess {
        @Override
        String order() {
            return "customer";
        }
    }

    @Misconception(
            believed = "The more columns, the more queries are served.",
            really =
                    "Each further column takes from the others. The amounts, by which nobody filters, now divide the files as"
                            + " often as the times do, and a few hours are in nearly all of them.",
            concept = "Data skipping")
    public static class SortsByEverything extends ReadLess {
        @Override
        void collectStatistics(SparkSession spark, String table) {
            spark.sql("ALTER TABLE " + table + " SET TBLPROPERTIES (delta.dataSkippingNumIndexedCols = 5)");
        }

        @Override
        String order() {
            return "customer, terminal, amount, time";
        }
    }

    @Misconception(
            believed = "ZORDER BY works for every column.",
            really =
                    "It is refused for a column without statistics: the files would be sorted, and no reader could know it.",
            concept = "Data skipping")
    public static class HasNoStatistics extends ReadLess {
        @Override
        void collectStatistics(SparkSession spark, String table) {
            // The table has the statistics that it has.
        }
    }

    @Misconception(
            believed = "The check of the statistics is in the way. Switch it off.",
            really =
                    "Now the files are sorted by customer, and the log has no smallest and largest customer of them. Every file could"
                            + " have the customer, so every file is opened.",
            concept = "Data skipping")
    public static class SwitchesTheCheckOff extends ReadLess {
        @Override
        void collectStatistics(SparkSession spark, String table) {
            spark.conf().set("spark.databricks.delta.optimize.zorder.checkStatsCollection.enabled", false);
        }
    }

    @Misconception(
            believed = "The smaller the files, the more of them are skipped.",
            really =
                    "A filter skips a larger part, and still opens more files, because there are more of each range. Opening a file"
                            + " is what costs.",
            concept = "Data skipping")
    public static class KeepsTheFilesSmall extends ReadLess {
        @Override
        int files() {
            return 60;
        }
    }

    @Misconception(
            believed = "Few files are good, so five are better than twelve.",
            really =
                    "A file then has a fifth of all rows. That is what each filter reads at least, and what one task has to do.",
            concept = "Data skipping")
    public static class MakesFewFiles extends ReadLess {
        @Override
        int files() {
            return 5;
        }
    }

    @Misconception(
            believed = "The size of files is a setting of this OPTIMIZE.",
            really =
                    "It is one of the session, and stays. The next table that a job optimizes in it gets files of a few KB.",
            concept = "Data skipping")
    public static class LeavesTheSetting extends ReadLess {
        @Override
        public void layOut(SparkSession spark, String payments) {
            super.layOut(spark, payments);
            setFileSize(spark, "delta.`" + payments + "`");
        }
    }

    @Misconception(
            believed = "A folder for each customer: then a filter on the customer opens nothing else.",
            really =
                    "It makes a file for each customer, more than a thousand. An hour is in many of them, and small files are"
                            + " what makes a table slow.",
            concept = "Data skipping")
    public static class PartitionsByCustomer extends ReadLess {
        @Override
        public void layOut(SparkSession spark, String payments) {
            spark.sql("ALTER TABLE delta.`" + payments + "` SET TBLPROPERTIES (delta.dataSkippingNumIndexedCols = 5)");
            spark.read()
                    .format("delta")
                    .load(payments)
                    .write()
                    .format("delta")
                    .mode("overwrite")
                    .option("overwriteSchema", true)
                    .partitionBy("customer")
                    .save(payments);
        }
    }

    @Misconception(
            believed = "Write the table again in a better order. Its rows are the same, so nobody notices.",
            really =
                    "To a stream, all files are gone and others are there. It stops with DELTA_SOURCE_TABLE_IGNORE_CHANGES, or reads all"
                            + " rows again.",
            concept = "Change data feed")
    public static class Overwrites extends ReadLess {
        @Override
        public void layOut(SparkSession spark, String payments) {
            collectStatistics(spark, "delta.`" + payments + "`");
            grid(spark, payments).write().format("delta").mode("overwrite").save(payments);
        }
    }

    /**
     * Four ranges of time by three of customers, each in a partition of its own. Spark estimates where partitions end: with as
     * many partitions as ranges, two ranges can share one.
     */
    static Dataset<Row> grid(SparkSession spark, String payments) {
        return spark.sql("""
                        SELECT *, ntile(3) OVER (PARTITION BY times ORDER BY customer) AS customers
                        FROM (SELECT *, ntile(4) OVER (ORDER BY time) AS times FROM delta.`%s`)""".formatted(payments))
                .repartitionByRange(100, col("times"), col("customers"))
                .drop("times", "customers");
    }
}
