package lesson01;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.ReduceFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Right answers written differently, and one that knows only the payments of the checkpoint. */
class RunningTotalsAlternatives {

    public static class InSql extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            payments.createOrReplaceTempView("payments");
            return payments.sparkSession().sql("""
                    SELECT customer, COUNT(*) AS payments, SUM(amount) AS total
                    FROM payments GROUP BY customer""");
        }
    }

    public static class Typed extends RunningTotals {
        private static final StructType TOTALS =
                StructType.fromDDL("customer INT, payments BIGINT, total DECIMAL(20,2)");

        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return payments.map(
                            (MapFunction<Row, Row>) paid -> RowFactory.create(paid.get(2), 1L, paid.get(4)),
                            Encoders.row(TOTALS))
                    .groupByKey((MapFunction<Row, Integer>) paid -> paid.getInt(0), Encoders.INT())
                    .reduceGroups((ReduceFunction<Row>) (a, b) -> RowFactory.create(
                            a.get(0),
                            a.getLong(1) + b.getLong(1),
                            a.getDecimal(2).add(b.getDecimal(2))))
                    .toDF("key", "sum")
                    .select("sum.*");
        }
    }

    public static class InCentsAndOtherOrder extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return payments.withColumn("cents", col("amount").multiply(100).cast("long"))
                    .groupBy("customer")
                    .agg(
                            coalesce(sum(col("cents")).divide(lit(100).cast("decimal(38,0)")), lit(0))
                                    .as("total"),
                            sum(lit(1)).as("payments"));
        }
    }

    public static class ByStages extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return payments.select("amount", "customer")
                    .groupBy(col("customer").as("who"))
                    .agg(expr("struct(sum(amount) AS total, count(amount) AS payments)")
                            .as("so_far"))
                    .select("so_far.total", "so_far.payments", "who")
                    .withColumnRenamed("who", "customer");
        }
    }

    public static class Learnt extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return super.totals(payments.where(col("id").between(1, 99)));
        }
    }
}
