package lesson10;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Right answers written differently, and one that only knows the payments in the checkpoint. */
class OneScanAlternatives {

    /** In SQL. {@code CACHE TABLE} is an action: it fills the cache at once. Dropping the view empties it. */
    public static class InSql extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            SparkSession spark = payments.sparkSession();
            used(payments).createOrReplaceTempView("used");
            try {
                spark.sql("CACHE TABLE used OPTIONS ('storageLevel' 'DISK_ONLY')");
                sinks.customers(spark.sql(
                        "SELECT customer, count(*) AS payments, sum(amount) AS revenue FROM used GROUP BY customer"));
                sinks.terminals(spark.sql(
                        "SELECT terminal, count(*) AS payments, sum(amount) AS revenue FROM used GROUP BY terminal"));
                sinks.largest(spark.sql("SELECT id, amount FROM used ORDER BY amount DESC, id LIMIT 3"));
            } finally {
                spark.catalog().dropTempView("used");
            }
        }
    }

    /** Keeps sums and the largest payments of each customer at each terminal, and adds them up. */
    public static class KeepsPartialResults extends OneScan {
        @Override
        Dataset<Row> used(Dataset<Row> payments) {
            return payments.where("NOT declined")
                    .groupBy("customer", "terminal")
                    .agg(
                            count("*").as("some"),
                            sum("amount").as("sum"),
                            expr("slice(sort_array(collect_list(struct(-amount AS less, id))), 1, 3) AS top"));
        }

        @Override
        Dataset<Row> revenue(Dataset<Row> used, String by) {
            return used.groupBy(by).agg(sum("some").as("payments"), sum("sum").as("revenue"));
        }

        @Override
        Dataset<Row> largest(Dataset<Row> used) {
            return used.selectExpr("inline(top)").orderBy("less", "id").limit(3).selectExpr("id", "-less AS amount");
        }
    }

    /** {@code count} fills the cache before the first report. It costs a job, and reads no payment twice. */
    public static class FillsTheCacheFirst extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            Dataset<Row> used = used(payments);
            used.persist(StorageLevel.MEMORY_AND_DISK_SER());
            try {
                used.count();
                write(used, sinks);
            } finally {
                used.unpersist(true);
            }
        }
    }

    public static class Learnt extends OneScan {
        @Override
        Dataset<Row> used(Dataset<Row> payments) {
            return super.used(payments).where("customer IS NULL OR customer BETWEEN 0 AND 99");
        }
    }
}
