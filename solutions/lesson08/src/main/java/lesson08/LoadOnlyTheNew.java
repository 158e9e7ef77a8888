package lesson08;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.delta.tables.DeltaTable;
import java.time.Duration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The lake itself says how far it has come: rows and mark are one commit, and cannot disagree after a crash. Each load begins
 * ten minutes before the mark, so it finds what was committed late, and leaves out what the lake knows already.
 */
public class LoadOnlyTheNew {

    static final long LONGEST_TRANSACTION = Duration.ofMinutes(10).toMillis();

    public void load(SparkSession spark, String url, String lake) {
        Dataset<Row> payments = payments(spark, url);
        if (DeltaTable.isDeltaTable(spark, lake)) {
            Dataset<Row> known = spark.read().format("delta").load(lake);
            Column mayBeNew = mayBeNew(known);
            payments = unknown(payments.where(mayBeNew), known.where(mayBeNew));
        }
        append(payments, lake);
    }

    Dataset<Row> payments(SparkSession spark, String url) {
        return spark.read()
                .format("jdbc")
                .option("url", url)
                .option("dbtable", "PAYMENTS")
                .load()
                .select("id", "customer", "amount", "deleted", "changed");
    }

    Column mayBeNew(Dataset<Row> known) {
        Row newest = known.agg(max("changed")).first();
        return newest.isNullAt(0) ? lit(true) : col("changed").geq(newest.getLong(0) - LONGEST_TRANSACTION);
    }

    Dataset<Row> unknown(Dataset<Row> payments, Dataset<Row> known) {
        Column isKnown = payments.col("id")
                .equalTo(known.col("id"))
                .and(payments.col("changed").eqNullSafe(known.col("changed")));
        return payments.join(known, isKnown, "left_anti");
    }

    void append(Dataset<Row> payments, String lake) {
        payments.write().format("delta").mode("append").save(lake);
    }
}
