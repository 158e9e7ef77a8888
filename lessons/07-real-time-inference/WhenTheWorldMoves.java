///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package lesson07;

import static org.apache.spark.sql.functions.*;

import java.math.*;
import java.time.*;
import java.util.*;
import java.util.stream.*;
import org.apache.spark.sql.*;
import org.tribuo.classification.evaluation.LabelEvaluationUtil;
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

    @Option(
            names = "--change",
            defaultValue = "26",
            description = "the day from which frauds are small (${DEFAULT-VALUE})")
    int change;

    private static final int TRAINING_DAYS = 14;
    private static final int DAYS = 42;
    private static final int BINS = 10;
    private static final double MOVED = 0.25;

    private final Simulator simulator = new Simulator(Simulator.Settings.defaults()
            .withCustomers(1000)
            .withTerminals(2000)
            .withDays(DAYS));

    private final Map<Integer, List<SimulatedPayment>> days = new HashMap<>();

    /** The query: the population stability index of each day's amounts, over bins of equal shares in the training. */
    public static Dataset<Row> stability(Dataset<Row> payments, double[] edges) {
        Column sum = lit(0);
        for (int bin = 0; bin < BINS; bin++) {
            double from = bin == 0 ? Double.NEGATIVE_INFINITY : edges[bin - 1];
            double to = bin == BINS - 1 ? Double.POSITIVE_INFINITY : edges[bin];
            Column amount = col("amount").cast("double");
            Column share = avg(amount.gt(from).and(amount.leq(to)).cast("int"));
            Column atLeast = greatest(share, lit(1e-4)); // the logarithm of an empty bin is infinite
            sum = sum.plus(atLeast.minus(1.0 / BINS).multiply(log(atLeast.multiply(BINS))));
        }
        return payments.withWatermark("time", "0 seconds")
                .groupBy(window(col("time"), "1 day"))
                .agg(sum.as("psi"))
                .select(col("window.start").as("day"), col("psi"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        List<SimulatedPayment> training = simulator.payments(0, TRAINING_DAYS).toList();
        LogisticModel model = LogisticModel.train(
                training.stream()
                        .map(one -> new LabelledExample(features(one), one.isFraud()))
                        .toList(),
                0.005,
                1);
        double[] sorted = training.stream()
                .mapToDouble(one -> one.payment().amount().doubleValue())
                .sorted()
                .toArray();
        double[] edges = IntStream.range(1, BINS)
                .mapToDouble(i -> sorted[sorted.length * i / BINS])
                .toArray();

        Inbox inbox = Inbox.create();
        for (int day = TRAINING_DAYS; day < DAYS; day++) {
            inbox.deliver(day(day).stream().map(one -> one.payment().toJson()).toList());
        }
        List<Double> psi = CollectedQuery.run(stability(inbox.stream(spark, Payment.SCHEMA), edges), "append").stream()
                .flatMap(batch -> batch.rows().stream())
                .map(row -> row.<Double>getAs("psi"))
                .toList();

        double usual = precision(model, training);
        TextTable table = new TextTable("%-6s  %5s  %-12s  %-14s  %9s  %s");
        table.row("", "PSI", "", "labels until", "precision", "");
        table.row("", "", "", "day " + (TRAINING_DAYS - 1), shown(usual), "");
        for (int i = 0; i < psi.size(); i++) {
            int day = TRAINING_DAYS + i;
            int labelled = day - delay;
            double precision = precision(model, week(labelled));
            table.row(
                    "day " + day,
                    shown(psi.get(i)),
                    psi.get(i) > MOVED ? "inputs!" : "",
                    "day " + labelled,
                    shown(precision),
                    precision < usual / 2 ? "quality!" : "");
        }
    }

    /** The payments of the seven days that end with this one. */
    private List<SimulatedPayment> week(int last) {
        return IntStream.rangeClosed(last - 6, last)
                .mapToObj(this::day)
                .flatMap(List::stream)
                .toList();
    }

    /** A day of payments: on holidays all amounts are 50 % higher; from a day on, those of frauds are a fifth. */
    private List<SimulatedPayment> day(int day) {
        boolean isHoliday = day >= holiday && day < holiday + 3;
        return days.computeIfAbsent(
                day,
                any -> simulator.day(day).stream()
                        .map(one -> isHoliday ? multiplied(one, "1.5") : one)
                        .map(one -> day >= change && one.isFraud() ? multiplied(one, "0.2") : one)
                        .toList());
    }

    private static SimulatedPayment multiplied(SimulatedPayment one, String factor) {
        Payment old = one.payment();
        BigDecimal amount = old.amount().multiply(new BigDecimal(factor)).setScale(2, RoundingMode.HALF_UP);
        return new SimulatedPayment(
                new Payment(old.id(), old.time(), old.customer(), old.terminal(), amount), one.fraud());
    }

    private static Map<String, Double> features(SimulatedPayment one) {
        return Map.of("amount", one.payment().amount().doubleValue());
    }

    /** The average precision of the model's scores. */
    private static double precision(LogisticModel model, List<SimulatedPayment> payments) {
        boolean[] frauds = new boolean[payments.size()];
        double[] scores = new double[payments.size()];
        for (int i = 0; i < frauds.length; i++) {
            frauds[i] = payments.get(i).isFraud();
            scores[i] = model.score(features(payments.get(i)));
        }
        return LabelEvaluationUtil.averagedPrecision(frauds, scores);
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    public static void main(String[] args) {
        Program.run(new WhenTheWorldMoves(), args);
    }
}
