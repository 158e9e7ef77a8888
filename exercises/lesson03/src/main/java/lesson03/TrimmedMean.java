package lesson03;

import org.apache.spark.sql.expressions.Aggregator;
import workbook.check.Unsolved;

/**
 * The mean temperature without the two extreme readings. Spark has no such aggregate.
 *
 * <p><b>In:</b> readings of thermometers in degrees Celsius, as doubles from -1000 to 1000; null without a value. A broken
 * thermometer sends {@code 1e18} or {@code -1e18}, but not both. NaN and infinity do not occur.
 *
 * <p><b>Out:</b> an {@link Aggregator} that computes the mean of all readings but one smallest and one largest.
 * It is used like any other aggregate, on tables and on streams:
 * <pre>{@code
 * readings.groupBy("sensor").agg(udaf(answer.aggregator(), Encoders.DOUBLE()).apply(col("celsius")))
 * }</pre>
 *
 * <p>Its buffer may be of any public class.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>if several readings are equally small, or equally large, only one of them is left out;
 * <li>null is no reading, and the mean of fewer than three readings is null;
 * <li>the mean is exact to a billionth of it, or of a degree: not to the last digit, since a sum of doubles depends on
 *     their order;
 * <li>except for that, the distribution of readings over tasks and batches does not change the result;
 * <li>a reading that is left out does not affect the mean, not even {@code 1e18} from a broken thermometer;
 * <li>the buffer does not grow with the number of readings.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=03 -Dexercise=TrimmedMean}; hints are in
 * {@code exercises/lesson03/hints/TrimmedMean.md}.
 */
public class TrimmedMean {

    public Aggregator<Double, ?, Double> aggregator() {
        throw new Unsolved();
    }
}
