package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link PoisonPill} that people give. */
public final class PoisonPillMisconceptions {

    private PoisonPillMisconceptions() {}

    @Misconception(
            believed = "A try around the map catches what the library throws.",
            really = "map only describes the computation, and that throws nothing. The library is called"
                    + " later, in a task, when this try has long been left; an exception there fails the query.",
            concept = "Lazy evaluation")
    public static class TriesAroundTheMap extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            try {
                return counted(mapped(payments, payment -> row(payment, rules.risk(payment), null)));
            } catch (Exception | AssertionError thrown) {
                return counted(mapped(payments, payment -> row(payment, null, thrown.toString())));
            }
        }
    }

    @Misconception(
            believed = "Nobody can rate that payment: drop it and continue.",
            really = "The query continues, but the payment is lost, and nobody knows. A payment that is kept"
                    + " with its text and a reason can be counted, and rated again when the library is fixed.",
            concept = "Dead letters")
    public static class DropsThePayment extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return super.rated(payments, rules).where(col("reason").isNull());
        }
    }

    @Misconception(
            believed = "One try for a whole partition is sufficient, and cheaper.",
            really = "A try costs little. But the first payment that throws ends the loop: all payments after"
                    + " it in the partition are lost without an error.",
            concept = "Dead letters")
    public static class TriesAroundThePartition extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return counted(payments.mapPartitions(
                    (MapPartitionsFunction<Row, Row>) partition -> untilOneThrows(partition, rules),
                    Encoders.row(RATED)));
        }

        private static Iterator<Row> untilOneThrows(Iterator<Row> partition, Rules rules) {
            List<Row> rated = new ArrayList<>();
            Row payment = null;
            try {
                while (partition.hasNext()) {
                    payment = partition.next();
                    rated.add(row(payment, rules.risk(payment), null));
                }
            } catch (Exception | AssertionError thrown) {
                rated.add(row(payment, null, thrown.toString()));
            }
            return rated.iterator();
        }
    }

    @Misconception(
            believed = "The reason is the exception's message.",
            really = "Some exceptions have no message. Then the reason is null, and the payment looks as if it"
                    + " was rated. The class is always there, and often tells more.",
            concept = "Nulls")
    public static class UsesTheMessage extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return counted(mapped(payments, payment -> {
                try {
                    return row(payment, rules.risk(payment), null);
                } catch (Exception | AssertionError thrown) {
                    String message = thrown.getMessage();
                    return row(
                            payment,
                            null,
                            message == null ? null : thrown.getClass().getName() + ": " + message);
                }
            }));
        }
    }

    @Misconception(
            believed = "catch (Exception e) catches everything that is thrown.",
            really = "An Error is not an Exception. A library throws an AssertionError where its code should"
                    + " be unreachable; this catch does not handle it, and the query fails.",
            concept = "Dead letters")
    public static class CatchesExceptionsOnly extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return counted(mapped(payments, payment -> {
                try {
                    return row(payment, rules.risk(payment), null);
                } catch (Exception thrown) {
                    return row(payment, null, thrown.toString());
                }
            }));
        }
    }

    @Misconception(
            believed = "Count 1 if there is a reason and 0 if there is none.",
            really = "count counts values that are not null, and 0 is one: every row counts. Use null instead"
                    + " of 0, or sum instead of count.",
            concept = "Nulls")
    public static class CountsZeros extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return counted(
                    mapped(payments, payment -> rated(payment, rules)),
                    count(when(col("reason").isNotNull(), 1).otherwise(0)));
        }
    }

    @Misconception(
            believed = "Summing 1 for each reason is counting.",
            really = "It is, if there is something to sum: the sum of no rows is null, not 0, and so is that of rows"
                    + " without a reason. The alert then compares null with its limit. count is 0.",
            concept = "Nulls")
    public static class SumsNothing extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return counted(
                    mapped(payments, payment -> rated(payment, rules)),
                    sum(when(col("reason").isNotNull(), 1)));
        }
    }

    @Misconception(
            believed = "The cause tells more than the exception around it.",
            really = "It may, but what the library throws is the exception around it: its class decides what to do,"
                    + " and most exceptions have no cause.",
            concept = "Dead letters")
    public static class UnwrapsTheCause extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return counted(mapped(payments, payment -> {
                try {
                    return row(payment, rules.risk(payment), null);
                } catch (Exception | AssertionError thrown) {
                    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
                    return row(payment, null, cause.toString());
                }
            }));
        }
    }

    @Misconception(
            believed = "An accumulator counts in the tasks, and its value goes into the metrics.",
            really = "Its value was read once, when the query was defined, and was zero. The driver can read"
                    + " an accumulator at any time, but it adds up over all batches, including batches that ran"
                    + " again.",
            concept = "Lazy evaluation")
    public static class ReadsTheAccumulatorTooSoon extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            LongAccumulator pills = payments.sparkSession().sparkContext().longAccumulator();
            Dataset<Row> rated = mapped(payments, payment -> {
                Row row = rated(payment, rules);
                pills.add(row.isNullAt(1) ? 1 : 0);
                return row;
            });
            return counted(rated, max(lit(pills.value())));
        }
    }

    @Misconception(
            believed = "observe takes an Observation, whose get() waits for the metrics.",
            really = "That works for a table, which is computed once. A stream never ends, so Spark rejects"
                    + " it: give observe a name, and the progress of each batch contains the metrics.",
            concept = "Monitoring")
    public static class UsesAnObservation extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return mapped(payments, payment -> rated(payment, rules))
                    .observe(
                            new Observation("quarantine"),
                            count(lit(1)).as("payments"),
                            count("reason").as("quarantined"));
        }
    }

    private static Dataset<Row> mapped(Dataset<Row> payments, MapFunction<Row, Row> function) {
        return payments.map(function, Encoders.row(PoisonPill.RATED));
    }

    private static Dataset<Row> counted(Dataset<Row> rated) {
        return counted(rated, count("reason"));
    }

    private static Dataset<Row> counted(Dataset<Row> rated, Column quarantined) {
        return rated.observe("quarantine", count(lit(1)).as("payments"), quarantined.as("quarantined"));
    }
}
