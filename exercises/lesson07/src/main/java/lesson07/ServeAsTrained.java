package lesson07;

import java.util.List;
import workbook.check.Unsolved;
import workbook.kit.Payment;

/**
 * Computes a payment's features in a service, without Spark, exactly as this statement of Spark SQL computed them for
 * the training:
 *
 * <pre>{@code
 * SELECT id,
 *        dayofweek(time) AS weekday,
 *        hour(time) AS hour,
 *        count(amount) OVER past AS payments,
 *        CAST(avg(amount) OVER past AS DOUBLE) AS mean,
 *        stddev(amount) OVER past AS deviation,
 *        percentile(amount, 0.5) OVER past AS median
 * FROM payments
 * WINDOW past AS (PARTITION BY customer ORDER BY time
 *                 RANGE BETWEEN INTERVAL 24 HOURS PRECEDING AND CURRENT ROW)
 * }</pre>
 *
 * <p><b>In:</b> a payment, and all payments that have arrived, in any order: the payment itself once, those of other
 * customers, and some of later times, too. {@code amount} is a decimal(10,2) from -10,000 to 10,000, zero and
 * negative ones included, or null. Times are to the microsecond, and several payments may have the same.
 *
 * <p><b>Out:</b> the {@link Features} that the statement gives for this payment, if its table {@code payments} holds the
 * payments that have arrived, and the session's time zone is UTC. The service's JVM may run in any zone.
 *
 * <p><b>Done means:</b> every feature is equal to that of the statement, to a billionth: null where it is null, and
 * rounded as it is rounded. The numbers do not depend on the order of the payments. Your class may not use Spark.
 *
 * <p>Check it with {@code mvn test -Dlesson=07 -Dexercise=ServeAsTrained}; hints are in
 * {@code exercises/lesson07/hints/ServeAsTrained.md}.
 */
public class ServeAsTrained {

    /**
     * The statement's columns.
     *
     * @param mean null like those after it, where the statement's is
     */
    public record Features(int weekday, int hour, long payments, Double mean, Double deviation, Double median) {}

    public Features features(Payment payment, List<Payment> arrived) {
        throw new Unsolved();
    }
}
