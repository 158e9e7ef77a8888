package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
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

/** Wrong answers to {@link PoisonPill} that people really give. */
public final class PoisonPillMisconceptions {

    private PoisonPillMisconceptions() {}

    @Misconception(
            believed = "A try around the map catches what the library throws.",
            really = "map only describes what shall be done, and that throws nothing. The library is called in a task,"
                    + " later, when this try has long been left; what it throws there ends the query.",
            concept = "Lazy evaluation")
    public static class TriesWhereItIsDescribed extends PoisonPill {
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
            believed = "Nobody can rate that payment: leave it out, and go on.",
            really =
                    "The query goes on, and a payment is gone that nobody will ask for. What is put aside with its text and"
                            + " a reason can be counted, and rated again when the library is mended.",
            concept = "Dead letters")
    public static class DropsThePill extends PoisonPill {
        @Override
        public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
            return super.rated(payments, rules).where(col("reason").isNull());
        }
    }

    @Misconception(
            believed = "A try for a whole partition is enough, and cheaper.",
            really =
                    "A try is cheap; what matters is what it is left with. The first payment that throws takes with it all"
                            + " that come after it in the partition: they are lost, without a word.",
            concept = "Dead letters")
    public static class TriesThePartition extends PoisonPill {
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
            really = "Not every exception has one. Where it has none the reason is null, and the payment looks like one"
                    + " that was rated. The class is there always, and often says more.",
            concept = "Nulls")
    public static class TakesTheMessage extends PoisonPill {
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
            believed = "catch (Exception e) catches whatever is thrown.",
            really =
                    "An Error is no Exception. What a library throws where it was sure never to come is an AssertionError,"
                            + " and that one goes through and ends the query.",
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
            believed = "Count 1 where there is a reason and 0 where there is none.",
            really =
                    "count asks whether there is a value, and 0 is one: every row is counted. Either leave it null, or add"
                            + " up with sum.",
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
            believed = "An accumulator counts in the tasks, and its value goes into the metrics.",
            really =
                    "Its value was asked for once, when the query was described, and was zero. An accumulator can be read in"
                            + " the driver at any time, but it adds up over all batches, and over those that were run again, too.",
            concept = "Lazy evaluation")
    public static class ReadsTheCounterTooSoon extends PoisonPill {
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
            believed = "observe takes an Observation, whose get() waits for the numbers.",
            really =
                    "That is for a table, which is done once. A stream is never done, so Spark refuses: give observe a name"
                            + " instead, and each batch has its numbers in its progress.",
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
