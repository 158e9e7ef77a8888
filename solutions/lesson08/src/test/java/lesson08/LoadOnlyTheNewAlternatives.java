package lesson08;

import static org.apache.spark.sql.functions.col;

import io.delta.tables.DeltaTable;
import java.util.Properties;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Right answers written differently, and one that only loads the rows in the checkpoint. */
class LoadOnlyTheNewAlternatives {

    /** The query is written in the database's SQL, and the known versions are found in Spark's. */
    public static class InSql extends LoadOnlyTheNew {
        @Override
        public void load(SparkSession spark, String url, String lake) {
            if (!DeltaTable.isDeltaTable(spark, lake)) {
                spark.sql(
                        "CREATE TABLE delta.`" + lake
                                + "` (id BIGINT, customer INT, amount DECIMAL(10,2), deleted BOOLEAN, changed BIGINT) USING delta");
            }
            Row newest =
                    spark.sql("SELECT max(changed) FROM delta.`" + lake + "`").first();
            String mayBeNew = newest.isNullAt(0) ? "1 = 1" : "CHANGED >= " + newest.getLong(0) + " - 10 * 60 * 1000";
            spark.read()
                    .jdbc(url, "(SELECT * FROM PAYMENTS WHERE " + mayBeNew + ") P", new Properties())
                    .createOrReplaceTempView("may_be_new");
            spark.sql("""
                    INSERT INTO delta.`%s` SELECT id, customer, amount, deleted, changed FROM may_be_new p
                    WHERE NOT EXISTS (SELECT 1 FROM delta.`%s` k WHERE k.id = p.id AND k.changed <=> p.changed)
                    """.formatted(lake, lake));
        }
    }

    /** Two partitions, and a MERGE that only inserts. */
    public static class Merges extends LoadOnlyTheNew {
        @Override
        public void load(SparkSession spark, String url, String lake) {
            Dataset<Row> payments = spark.read()
                    .jdbc(url, "PAYMENTS", new String[] {"MOD(ID, 2) = 0", "MOD(ID, 2) <> 0"}, new Properties())
                    .select("id", "customer", "amount", "deleted", "changed");
            if (!DeltaTable.isDeltaTable(spark, lake)) {
                append(payments, lake);
                return;
            }
            DeltaTable known = DeltaTable.forPath(spark, lake);
            Column mayBeNew = mayBeNew(known.toDF());
            known.as("known")
                    .merge(payments.where(mayBeNew).as("new"), "known.id = new.id AND known.changed <=> new.changed")
                    .whenNotMatched()
                    .insertAll()
                    .execute();
        }
    }

    public static class Learnt extends LoadOnlyTheNew {
        @Override
        Dataset<Row> payments(SparkSession spark, String url) {
            return super.payments(spark, url).where(col("id").lt(10));
        }
    }
}
