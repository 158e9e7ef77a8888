package lesson03;

import org.apache.spark.sql.expressions.Aggregator;
import workbook.check.Unsolved;

/**
 * How warm was it, leaving out what cannot be believed? An aggregate that Spark does not have.
 *
 * <p><b>In:</b> readings of thermometers in degrees Celsius, as doubles; null where a thermometer had nothing to say.
 *
 * <p><b>Out:</b> an {@link Aggregator} that gives the mean of the readings without one smallest and without one largest.
 * It is used like any other aggregate, on tables and on streams:
 * <pre>{@code
 * readings.groupBy("sensor").agg(udaf(answer.aggregator(), Encoders.DOUBLE()).apply(col("celsius")))
 * }</pre>
 *
 * <p>What it remembers of the readings, its buffer, may be of any public class you like.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>of several equal readings that are the smallest, or the largest, only one is left out;
 * <li>null is no reading, and of fewer than three readings there is no mean: null;
 * <li>how readings are shared out among tasks and batches makes no difference;
 * <li>the one that is left out leaves no trace: a broken thermometer may well say {@code 1e18};
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
