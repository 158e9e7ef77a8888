package lesson02;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.check.Unsolved;

/**
 * Reads the records of one day from Kafka again, because yesterday's job has to be repeated.
 *
 * <p><b>In:</b> a topic of payments. Kafka stores a {@code timestamp} with each record: the time at which the producer
 * sent it. The records of a partition are roughly in that order, not exactly: a record may follow others that are up to
 * one hour younger, but not more. The payment in the record has a {@code time} of its own, which does not matter here.
 *
 * <p><b>Out:</b> the records of one day, as a table and not as a stream, with the columns of Spark's Kafka source:
 * {@code key} binary, {@code value} binary, {@code topic} string, {@code partition} int, {@code offset} bigint,
 * {@code timestamp} timestamp, {@code timestampType} int. Key and value may be null.
 *
 * <p><b>Done means:</b> the table has exactly the records whose {@code timestamp} is on that day in UTC, from midnight
 * (inclusive) to the next midnight (exclusive), wherever the program runs. Spark reads no record that a partition
 * contains before its first one of that day or the ninety minutes before, and none from its first one on that is ninety
 * minutes or more past the day. In a real topic, months lie before and after.
 *
 * <p>Check it with {@code mvn test -Dlesson=02 -Dexercise=ReplayYesterday}; hints are in
 * {@code exercises/lesson02/hints/ReplayYesterday.md}.
 */
public class ReplayYesterday {

    /**
     * Returns the records of a day.
     *
     * @param servers the address of the broker
     */
    public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
        throw new Unsolved();
    }
}
