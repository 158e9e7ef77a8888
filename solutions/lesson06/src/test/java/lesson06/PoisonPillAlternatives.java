package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;

/** Other right answers, and one that handles only the payments of the checkpoint. */
class PoisonPillAlternatives {

    /** A UDF that returns two columns. */
    public static class ByUdf extends PoisonPill {
        private static final StructType RESULT = StructType.fromDDL("risk DOUBLE, reason STRING");

        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return payments.withColumn(
                            "result",
                            udf((UDF1<Row, Row>) payment -> result(payment, rules), RESULT)
                                    .apply(struct(col("*"))))
                    .select("message", "result.*", "id")
                    .observe(
                            "quarantine",
                            expr("coalesce(sum(if(reason IS NULL, 0, 1)), 0) AS quarantined"),
                            expr("count(*) AS payments"));
        }

        private static Row result(Row payment, Rules rules) {
            try {
                return RowFactory.create(rules.risk(payment), null);
            } catch (Throwable thrown) {
                return RowFactory.create(null, thrown.toString());
            }
        }
    }

    public static class PartitionByPartition extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return payments.mapPartitions(
                            (MapPartitionsFunction<Row, Row>) partition -> {
                                List<Row> rated = new ArrayList<>();
                                partition.forEachRemaining(payment -> rated.add(one(payment, rules)));
                                return rated.iterator();
                            },
                            Encoders.row(RATED))
                    .observe(
                            "quarantine",
                            count_if(lit(true)).as("payments"),
                            count_if(col("risk").isNull()).as("quarantined"));
        }

        private static Row one(Row payment, Rules rules) {
            Double risk = null;
            String reason = null;
            try {
                risk = rules.risk(payment);
            } catch (Throwable thrown) {
                reason = thrown.toString();
            }
            return row(payment, risk, reason);
        }
    }

    /** Counts before the columns are selected. */
    public static class WithATag extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return payments.flatMap(
                            (FlatMapFunction<Row, Row>)
                                    payment -> List.of(tagged(payment, rules)).iterator(),
                            Encoders.row(RATED.add("tag", "string")))
                    .observe(
                            "quarantine",
                            count_if(col("tag").equalTo("pill")).as("quarantined"),
                            count_if(col("tag").isNotNull()).as("payments"))
                    .drop("tag");
        }

        private static Row tagged(Row payment, Rules rules) {
            try {
                return RowFactory.create(
                        payment.getAs("id"), rules.risk(payment), null, payment.getAs("message"), "rated");
            } catch (Exception | AssertionError thrown) {
                return RowFactory.create(
                        payment.getAs("id"), null, String.valueOf(thrown), payment.getAs("message"), "pill");
            }
        }
    }

    public static class Learnt extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return super.rated(payments.where("id IS NULL OR id <= 99"), rules);
        }
    }
}
