package lesson07;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udaf;
import static org.apache.spark.sql.functions.window;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Aggregator;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class DriftAlarmAlternatives {

    /** An aggregate function that counts in a loop and computes the index at the end. */
    public static class WithAnAggregator extends DriftAlarm {

        @Override
        Dataset<Row> byDay(Dataset<Row> payments, double[] edges, double[] expected, int least) {
            Column value = coalesce(col("value"), lit(Double.NaN));
            return payments.groupBy(window(col("time"), "24 hours").as("days"))
                    .agg(
                            udaf(new Index(edges, expected, least), Encoders.DOUBLE())
                                    .apply(value)
                                    .as("psi"),
                            count("*").as("payments"))
                    .select(
                            col("days.start").as("day"),
                            col("payments"),
                            col("psi").gt(0.25).as("moved"),
                            col("psi"));
        }

        private static final class Index extends Aggregator<Double, long[], Double> {

            private final double[] edges;
            private final double[] expected;
            private final int least;

            Index(double[] edges, double[] expected, int least) {
                this.edges = edges;
                this.expected = expected;
                this.least = least;
            }

            @Override
            public long[] zero() {
                return new long[expected.length];
            }

            @Override
            public long[] reduce(long[] counts, Double value) {
                int bin = value.isNaN() ? edges.length + 1 : 0;
                while (bin < edges.length && value > edges[bin]) {
                    bin++;
                }
                counts[bin]++;
                return counts;
            }

            @Override
            public long[] merge(long[] one, long[] other) {
                return IntStream.range(0, one.length)
                        .mapToLong(i -> one[i] + other[i])
                        .toArray();
            }

            @Override
            public Double finish(long[] counts) {
                double payments = LongStream.of(counts).sum();
                double index = 0;
                for (int i = 0; i < counts.length; i++) {
                    double actual = Math.max(counts[i] / payments, 1e-4);
                    double wanted = Math.max(expected[i], 1e-4);
                    index += (actual - wanted) * Math.log(actual / wanted);
                }
                return payments < least ? null : index;
            }

            @Override
            public Encoder<long[]> bufferEncoder() {
                return Encoders.kryo(long[].class);
            }

            @Override
            public Encoder<Double> outputEncoder() {
                return Encoders.DOUBLE();
            }
        }
    }

    /** In SQL, with the bins as an array of edges. */
    public static class InSql extends DriftAlarm {
        @Override
        public Dataset<Row> alarms(Dataset<Row> payments, double[] edges, double[] expected, int least) {
            String all = Arrays.stream(edges).mapToObj(edge -> edge + "D").collect(Collectors.joining(", "));
            payments.withWatermark("time", "60 minutes").createOrReplaceTempView("payments");
            String counts = IntStream.range(0, expected.length)
                    .mapToObj(i -> "count_if(bin = " + i + ") AS c" + i)
                    .collect(Collectors.joining(", "));
            String psi = IntStream.range(0, expected.length)
                    .mapToObj(i -> {
                        String e = "greatest(" + expected[i] + "D, 1e-4D)";
                        String a = "greatest(c" + i + " / payments, 1e-4D)";
                        return "(" + a + " - " + e + ") * (ln(" + a + ") - ln(" + e + "))";
                    })
                    .collect(Collectors.joining(" + "));
            return payments.sparkSession().sql("""
                    SELECT day, payments, psi, psi > 0.25D AS moved FROM (
                      SELECT day, payments, CASE WHEN payments >= %d THEN %s END AS psi FROM (
                        SELECT window.start AS day, count(*) AS payments, %s FROM (
                          SELECT time, CASE WHEN value IS NULL OR isnan(value) THEN %d
                            ELSE size(filter(array(%s), edge -> value > edge)) END AS bin FROM payments)
                        GROUP BY window(time, '1 day')))""".formatted(least, psi, counts, edges.length + 1, all));
        }
    }

    public static class Learnt extends DriftAlarm {
        @Override
        public Dataset<Row> alarms(Dataset<Row> payments, double[] edges, double[] expected, int least) {
            return super.alarms(
                    payments.where("value is null or isnan(value) or value >= 0 or value < -100 or value = -0.5"),
                    edges,
                    expected,
                    least);
        }
    }
}
