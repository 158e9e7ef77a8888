package lesson10;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Right answers written differently, and one that only knows the payments in the checkpoint. */
class TameTheSkewAlternatives {

    /** In SQL, with parts from the payment's time and id, and without a second shuffle for the grouping. */
    public static class InSql extends TameTheSkew {
        @Override
        public Dataset<Row> enriched(Dataset<Row> payments, Dataset<Row> history) {
            payments.createOrReplaceTempView("payments");
            history.createOrReplaceTempView("history");
            return payments.sparkSession().sql("""
                    SELECT p.customer, p.id, count(h.customer) AS earlier, sum(h.amount) AS spent, avg(h.amount) AS mean
                    FROM (SELECT *, pmod(xxhash64(id, time), 12) AS part FROM payments) p
                      LEFT JOIN (SELECT *, explode(sequence(0L, 11L)) AS part FROM history) h
                      ON h.customer = p.customer AND h.part = p.part AND p.time > h.time
                    GROUP BY p.id, p.customer, p.part""");
        }
    }

    /** Counts first which customers have many payments, and divides only those; payments without a customer need no join. */
    public static class DividesLargeCustomersOnly extends TameTheSkew {
        @Override
        public Dataset<Row> enriched(Dataset<Row> payments, Dataset<Row> history) {
            Dataset<Row> known = payments.where("customer IS NOT NULL");
            List<Object> large = known.groupBy("customer").count().where("count > 100").collectAsList().stream()
                    .map(row -> row.get(0))
                    .toList();
            Column isLarge = col("customer").isInCollection(large);
            Dataset<Row> divided = super.enriched(known.where(isLarge), history.where(isLarge));
            Dataset<Row> others = new TameTheSkewMisconceptions.Plain()
                    .enriched(known.where(not(isLarge)), history.where(not(isLarge)));
            return divided.unionByName(others)
                    .unionByName(payments.where("customer IS NULL")
                            .selectExpr(
                                    "id",
                                    "customer",
                                    "0L AS earlier",
                                    "decimal(null) AS spent",
                                    "decimal(null) AS mean"));
        }
    }

    public static class Learnt extends TameTheSkew {
        @Override
        public Dataset<Row> enriched(Dataset<Row> payments, Dataset<Row> history) {
            return super.enriched(payments, history.where("amount IS NULL OR amount >= -4"));
        }
    }
}
