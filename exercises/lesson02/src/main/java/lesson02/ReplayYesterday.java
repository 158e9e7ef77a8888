package lesson02;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.check.Unsolved;

/**
 * What came in on that day? Read once more from Kafka, because yesterday's job has to be repeated.
 *
 * <p><b>In:</b> a topic of payments. With each record Kafka keeps a {@code timestamp}: when the producer sent it. The
 * records of a partition lie roughly in that order, not exactly: behind a record there may be others that are up to one
 * hour older, and never older than that. The payment within the record has a {@code time} of its own, which does not
 * matter here.
 *
 * <p><b>Out:</b> the records of one day, as a table and not as a stream, with the columns of Spark's Kafka source:
 * {@code key} binary, {@code value} binary, {@code topic} string, {@code partition} int, {@code offset} bigint,
 * {@code timestamp} timestamp, {@code timestampType} int.
 *
 * <p><b>Done means:</b> they are exactly those whose {@code timestamp} lies on that day in UTC, from midnight up to, and
 * without, the next midnight, wherever the program runs. And of what lies long before and long after the day, months in
 * a real topic, Spark reads nothing.
 *
 * <p>Check it with {@code mvn test -Dlesson=02 -Dexercise=ReplayYesterday}; hints are in
 * {@code exercises/lesson02/hints/ReplayYesterday.md}.
 */
public class ReplayYesterday {

    /**
     * The records of a day.
     *
     * @param servers where Kafka's clients connect
     */
    public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
        throw new Unsolved();
    }
}
