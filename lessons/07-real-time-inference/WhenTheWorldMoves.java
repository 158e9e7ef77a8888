///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package lesson07;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import java.util.stream.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.models.*;
import workbook.kit.spark.*;

/** Two alarms for a model: one on its inputs, the same day; one on its quality, when the labels are known. */
@Command(description = "Drift of the inputs, and of the quality.")
public class WhenTheWorldMoves extends SparkProgram {

    @Option(names = "--delay", defaultValue = "7", description = "days until frauds are reported (${DEFAULT-VALUE})")
    int delay;

    @Option(names = "--holiday", defaultValue = "20", description = "the first of three holidays (${DEFAULT-VALUE})")
    int holiday;

    @Option(names = "--change", defaultValue = "26", description = "first day of small frauds (${DEFAULT-VALUE})")
    int change;

    private static final int TRAINING_DAYS = 14;
    private static final int DAYS = 42;
    private static final int BINS = 10;

    private final Simulator simulator = Simulator.of(1000, 2000, DAYS);

    /** The query: the population stability index of each day's amounts, over bins of equal shares in the training. */
    public static Dataset<Row> stability(Dataset<Row> payments, double[] limits) {
        Column sum = lit(0);
        for (int bin = 0; bin < BINS; bin++) {
            Column isInBin = col("amount").gt(limits[bin]).and(col("amount").leq(limits[bin + 1]));
            Column share = greatest(avg(isInBin.cast("int")), lit(1e-4)); // the logarithm of an empty bin is infinite
            sum = sum.plus(share.minus(1.0 / BINS).multiply(log(share.multiply(BINS))));
        }
        return payments.withWatermark("time", "0 seconds")
                .groupBy(window(col("time"), "1 day"))
                .agg(sum.as("psi"))
                .select(col("window.start").as("day"), col("psi"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        List<LabelledExample> training = examples(0, TRAINING_DAYS);
        LogisticModel model = LogisticModel.train(training, 0.005, 1);
        double[] amounts = training.stream()
                .mapToDouble(one -> one.features().get("amount"))
                .toArray();
        Inbox inbox = Inbox.create();
        IntStream.range(TRAINING_DAYS, DAYS).forEach(day -> inbox.deliverPayments(day(day)));
        Dataset<Row> payments = inbox.stream(spark, Payment.SCHEMA);
        List<Row> rows = CollectedQuery.rows(stability(payments, Bins.limits(amounts, BINS)), "append");

        double usual = model.averagePrecision(training);
        TextTable table = new TextTable("%-6s  %5s  %-12s  %-14s  %9s  %s");
        table.row("", "PSI", "", "labels until", "precision", "");
        table.row("", "", "", "day " + (TRAINING_DAYS - 1), Decimals.of(usual, 2), "");
        for (int day = TRAINING_DAYS; day < DAYS - 1; day++) { // the window of the last day stays open
            double psi = rows.get(day - TRAINING_DAYS).getAs("psi");
            int labelled = day - delay;
            double precision = model.averagePrecision(examples(labelled - 6, labelled + 1));
            table.row(
                    "day " + day,
                    Decimals.of(psi, 2),
                    psi > 0.25 ? "inputs!" : "",
                    "day " + labelled,
                    Decimals.of(precision, 2),
                    precision < usual / 2 ? "quality!" : "");
        }
    }

    /** The payments from a day to another, exclusive. */
    private List<LabelledExample> examples(int fromDay, int toDay) {
        Stream<SimulatedPayment> payments =
                IntStream.range(fromDay, toDay).mapToObj(this::day).flatMap(List::stream);
        return LabelledExample.of(
                payments, payment -> Map.of("amount", payment.amount().doubleValue()));
    }

    /** A day of payments: on holidays all amounts are 50 % higher; from a day on, those of frauds are a fifth. */
    private List<SimulatedPayment> day(int day) {
        boolean isHoliday = day >= holiday && day < holiday + 3;
        return simulator.day(day).stream()
                .map(one -> isHoliday ? one.times("1.5") : one)
                .map(one -> day >= change && one.isFraud() ? one.times("0.2") : one)
                .toList();
    }

    public static void main(String[] args) {
        Program.run(new WhenTheWorldMoves(), args);
    }
}
