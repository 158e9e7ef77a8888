///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package lesson07;

import java.time.*;
import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.models.*;
import workbook.kit.spark.*;

/** The features of a model, in SQL for its training and in Java for its serving, and what the difference costs. */
@Command(description = "The same features by SQL and by Java.")
public class TheSameFeatureTwice extends SparkProgram {

    @Option(names = "--zone", defaultValue = "Europe/Brussels", description = "the server's zone (${DEFAULT-VALUE})")
    ZoneId zone;

    /** The features in SQL: the payment, its customer's last 24 hours, and the time in the session's zone, UTC. */
    static final String SQL = """
            SELECT id, double(amount) AS amount,
                double(count(*) OVER day) AS count,
                avg(double(amount)) OVER before AS mean,
                stddev(double(amount)) OVER day AS deviation,
                double(int(dayofweek(time) IN (1, 7))) AS weekend,
                double(int(hour(time) <= 6)) AS night
            FROM payments
            WINDOW day AS (PARTITION BY customer ORDER BY unix_seconds(time)
                    RANGE BETWEEN 86400 PRECEDING AND CURRENT ROW),
                before AS (PARTITION BY customer ORDER BY unix_seconds(time)
                    RANGE BETWEEN 86400 PRECEDING AND 1 PRECEDING)
            """;

    /** The features in Java, by somebody else. {@code earlier} are the customer's payments that arrived before. */
    public static Map<String, Double> features(Payment payment, List<Payment> earlier, ZoneId zone) {
        Instant dayBefore = payment.time().minus(Duration.ofDays(1));
        List<Double> before = earlier.stream()
                .filter(p -> !p.time().isBefore(dayBefore))
                .map(p -> p.amount().doubleValue())
                .toList();
        List<Double> day = new ArrayList<>(before);
        day.add(payment.amount().doubleValue());
        double mean = mean(day);
        ZonedDateTime time = payment.time().atZone(zone);
        return Map.of(
                "amount",
                payment.amount().doubleValue(),
                "count",
                (double) day.size(),
                "mean",
                mean(before),
                "deviation",
                Math.sqrt(mean(day.stream().map(a -> (a - mean) * (a - mean)).toList())),
                "weekend",
                time.getDayOfWeek().getValue() >= 6 ? 1.0 : 0.0,
                "night",
                time.getHour() <= 6 ? 1.0 : 0.0);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(0);
    }

    @Override
    protected void run(SparkSession spark) {
        List<SimulatedPayment> payments =
                Simulator.of(1000, 2000, 21).payments().toList();
        PaymentRow.table(spark, payments.stream()).createOrReplaceTempView("payments");
        Map<Long, Map<String, Double>> bySql = FeatureMaps.byId(spark.sql(SQL));
        List<TwiceComputed> computed = new ArrayList<>();
        Map<Integer, List<Payment>> earlier = new HashMap<>();
        for (SimulatedPayment one : payments) {
            Payment payment = one.payment();
            List<Payment> before = earlier.computeIfAbsent(payment.customer(), customer -> new ArrayList<>());
            computed.add(new TwiceComputed(one, bySql.get(payment.id()), features(payment, before, zone)));
            before.add(payment);
        }
        new ParityReport(learn(computed), computed).printDifferences().printAlerts();
    }

    /** Learns from SQL's features, and from the payments of which all are known. */
    private static LogisticModel learn(List<TwiceComputed> payments) {
        List<LabelledExample> examples = payments.stream()
                .filter(one -> one.sql().size() == 6)
                .map(one -> new LabelledExample(one.sql(), one.of().isFraud()))
                .toList();
        return LogisticModel.train(examples, 0.005, 1);
    }

    public static void main(String[] args) {
        Program.run(new TheSameFeatureTwice(), args);
    }
}
