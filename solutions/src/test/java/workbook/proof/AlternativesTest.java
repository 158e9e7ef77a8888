package workbook.proof;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import lesson01.LargePayments;
import lesson01.RunningTotals;
import lesson05.HourlyRevenue;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.ReduceFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import workbook.check.Judgement;
import workbook.check.Trial;
import workbook.check.Verdict;

/** A checkpoint judges what an answer does, not how it is written: right answers in other words are right. */
class AlternativesTest {

    @AfterAll
    static void stopSpark() {
        Trial.stopSpark();
    }

    @TestFactory
    Stream<DynamicTest> rightAnswersInOtherWordsAreSolved() {
        return each(Right.class, answer -> assertThat(judged(answer).toString()).startsWith("SOLVED"));
    }

    @TestFactory
    Stream<DynamicTest> answersThatKnowOnlyTheVisiblePaymentsAreWrong() {
        return each(Learnt.class, answer -> {
            Judgement judgement = judged(answer);
            assertThat(judgement.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(judgement.reason()).contains("random rows; -Dseed=", "suffice to go wrong");
        });
    }

    private static Stream<DynamicTest> each(Class<?> family, Judging judging) {
        return Arrays.stream(family.getDeclaredClasses())
                .sorted(Comparator.comparing(Class::getName))
                .map(answer -> dynamicTest(answer.getSimpleName(), () -> judging.judge(answer)));
    }

    private static Judgement judged(Class<?> answer) throws ClassNotFoundException {
        return Trial.of(Class.forName(answer.getSuperclass().getName() + "Checkpoint"), answer);
    }

    private interface Judging {
        void judge(Class<?> answer) throws ClassNotFoundException;
    }

    /** Right answers that are not written as the workbook's own. */
    static final class Right {

        public static class LargeInSql extends LargePayments {
            @Override
            public Dataset<Row> large(Dataset<Row> payments) {
                return payments.selectExpr("amount", "customer", "id").where("NOT coalesce(amount < 100, FALSE)");
            }
        }

        public static class LargeTyped extends LargePayments {
            @Override
            public Dataset<Row> large(Dataset<Row> payments) {
                return payments.filter((FilterFunction<Row>) paid ->
                                paid.isNullAt(4) || paid.getDecimal(4).doubleValue() >= 100)
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

        public static class TotalsInSql extends RunningTotals {
            @Override
            public Dataset<Row> totals(Dataset<Row> payments) {
                payments.createOrReplaceTempView("payments");
                return payments.sparkSession().sql("""
                        SELECT customer, COUNT(*) AS payments, SUM(amount) AS total
                        FROM payments GROUP BY customer""");
            }
        }

        public static class TotalsTyped extends RunningTotals {
            private static final StructType TOTALS =
                    StructType.fromDDL("customer INT, payments BIGINT, total DECIMAL(20,2)");

            @Override
            public Dataset<Row> totals(Dataset<Row> payments) {
                return payments
                        .map((MapFunction<Row, Row>) paid -> RowFactory.create(paid.get(2), 1L, paid.get(4)),
                                Encoders.row(TOTALS))
                        .groupByKey((MapFunction<Row, Integer>) paid -> paid.getInt(0), Encoders.INT())
                        .reduceGroups((ReduceFunction<Row>) (a, b) -> RowFactory.create(
                                a.get(0), a.getLong(1) + b.getLong(1), a.getDecimal(2).add(b.getDecimal(2))))
                        .toDF("key", "sum")
                        .select("sum.*");
            }
        }

        public static class TotalsInOtherTypesAndOrder extends RunningTotals {
            @Override
            public Dataset<Row> totals(Dataset<Row> payments) {
                return payments.withColumn("cents", col("amount").multiply(100).cast("long"))
                        .groupBy(col("customer").cast("long").as("customer"))
                        .agg(coalesce(sum(col("cents")).divide(lit(100).cast("decimal(38,0)")), lit(0)).as("total"),
                                sum(lit(1)).cast("int").as("payments"));
            }
        }

        public static class TotalsByStages extends RunningTotals {
            @Override
            public Dataset<Row> totals(Dataset<Row> payments) {
                return payments.select("amount", "customer").groupBy(col("customer").as("who"))
                        .agg(expr("struct(sum(amount) AS total, count(amount) AS payments)").as("so_far"))
                        .select("so_far.total", "so_far.payments", "who")
                        .withColumnRenamed("who", "customer");
            }
        }

        public static class RevenueInSql extends HourlyRevenue {
            @Override
            public Dataset<Row> revenue(Dataset<Row> payments) {
                payments.withWatermark("time", "30 minutes").createOrReplaceTempView("payments");
                return payments.sparkSession().sql("""
                        SELECT window.start AS hour, terminal, SUM(amount) AS revenue
                        FROM payments GROUP BY window(time, '1 hour'), terminal""");
            }
        }

        public static class RevenueInOtherUnits extends HourlyRevenue {
            @Override
            public Dataset<Row> revenue(Dataset<Row> payments) {
                return payments.withWatermark("time", "1800 seconds")
                        .groupBy(col("terminal"), window(col("time"), "60 minutes", "3600 seconds").as("hours"))
                        .agg(sum("amount").as("revenue"))
                        .select(col("revenue"), col("terminal"), col("hours.start").as("hour"));
            }
        }

        public static class RevenueByWindowAndTruncatedHour extends HourlyRevenue {
            @Override
            public Dataset<Row> revenue(Dataset<Row> payments) {
                return payments.withWatermark("time", "30 minutes")
                        .withColumn("hour", date_trunc("hour", col("time")))
                        .groupBy(window(col("time"), "1 hour"), col("hour"), col("terminal"))
                        .agg(sum("amount").as("revenue"))
                        .drop("window");
            }
        }

        public static class RevenueInOtherTypes extends HourlyRevenue {
            @Override
            public Dataset<Row> revenue(Dataset<Row> payments) {
                return payments.withWatermark("time", "30 minutes")
                        .groupBy(window(col("time"), "1 hour"), col("terminal").cast("long").as("terminal"))
                        .agg(sum(col("amount").cast("decimal(30,6)")).as("sum"), count("amount").as("payments"))
                        .where(col("payments").gt(0))
                        .select(expr("window.end - INTERVAL 1 HOUR AS hour"), col("terminal"),
                                coalesce(col("sum"), lit(0)).as("revenue"));
            }
        }

        public static class RevenueWithTheWindowMadeFirst extends HourlyRevenue {
            @Override
            public Dataset<Row> revenue(Dataset<Row> payments) {
                return payments.select("amount", "terminal", "time")
                        .withWatermark("time", "30 minutes")
                        .withColumn("hours", window(col("time"), "1 hour"))
                        .groupBy("hours", "terminal")
                        .sum("amount")
                        .withColumnRenamed("sum(amount)", "revenue")
                        .withColumn("hour", col("hours").getField("start"))
                        .drop("hours");
            }
        }
    }

    /** Answers for the payments that stand in the checkpoints, and for no others. */
    static final class Learnt {

        public static class LargeOfTheVisiblePayments extends LargePayments {
            @Override
            public Dataset<Row> large(Dataset<Row> payments) {
                return super.large(payments.where(col("id").between(1, 99)));
            }
        }

        public static class TotalsOfTheVisiblePayments extends RunningTotals {
            @Override
            public Dataset<Row> totals(Dataset<Row> payments) {
                return super.totals(payments.where(col("id").between(1, 99)));
            }
        }

        public static class RevenueOfTheVisiblePayments extends HourlyRevenue {
            @Override
            public Dataset<Row> revenue(Dataset<Row> payments) {
                return super.revenue(payments.where(col("id").between(1, 99)));
            }
        }
    }
}
