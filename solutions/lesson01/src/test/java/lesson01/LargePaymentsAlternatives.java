package lesson01;

import static org.apache.spark.sql.functions.col;

import java.math.BigDecimal;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Right answers written differently, and one that knows only the payments of the checkpoint. */
class LargePaymentsAlternatives {

    public static class InSql extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return payments.selectExpr("amount", "customer", "id").where("NOT coalesce(amount < 100, FALSE)");
        }
    }

    public static class Typed extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return payments.filter((FilterFunction<Row>)
                            paid -> paid.isNullAt(4) || paid.getDecimal(4).doubleValue() >= 100)
                    .drop("time", "terminal");
        }
    }

    public static class LargeAndUnknownApart extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return payments.where(col("amount").$greater$eq(new BigDecimal("100")))
                    .union(payments.where("isnull(amount)"))
                    .select("id", "customer", "amount");
        }
    }

    public static class Learnt extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return super.large(payments.where(col("id").between(1, 99)));
        }
    }
}
