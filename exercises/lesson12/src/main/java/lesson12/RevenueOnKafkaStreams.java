package lesson12;

import org.apache.kafka.streams.StreamsBuilder;
import workbook.check.Unsolved;

/**
 * Sums the revenue of each terminal in each hour, on Kafka Streams. Each sum is emitted once, when the hour is final:
 * the task of {@code lesson05.HourlyRevenue}.
 *
 * <p><b>In:</b> a topic of payments, with one partition. A record's key is the customer as text, or null. Its value is
 * JSON, which {@link workbook.kit.kafkastreams.PaymentSerdes#payments} reads as a
 * {@link workbook.kit.engines.ReceivedPayment}: {@code id} long, {@code time}, {@code customer} int, {@code terminal} int,
 * {@code amount} decimal(10,2). The record's timestamp is the moment at which the payment was sent, hours after its
 * {@code time} or in another year. The payments do not arrive in the order of their times. {@code time} and
 * {@code amount} are never null, the others may be. An amount may be zero or, for a refund, negative. Every payment
 * counts, also one that equals another.
 *
 * <p><b>Out:</b> a record in the topic {@code revenue} for each full hour of {@code time}, UTC, and each terminal with a
 * payment in it. Its value is a {@link workbook.kit.engines.Revenue} as JSON, which
 * {@link workbook.kit.kafkastreams.PaymentSerdes#revenues} writes:
 * <table>
 * <caption>Fields</caption>
 * <tr><td>{@code hour}</td><td>text in ISO 8601</td><td>the start of the hour, UTC</td></tr>
 * <tr><td>{@code terminal}</td><td>number</td><td>where; null for the payments whose terminal is null</td></tr>
 * <tr><td>{@code revenue}</td><td>number</td><td>the sum of the amounts, to the cent, also if it is zero or
 *     negative</td></tr>
 * </table>
 * The record's key may be anything.
 *
 * <p><b>Done means:</b> an hour is emitted as soon as the topology has read a payment that is at least thirty minutes newer
 * than the hour's end, and not before; the wall clock does not matter. Until then every payment of that hour counts,
 * however late it is. After that none does, and no hour is emitted twice.
 *
 * <p>No serdes are set in the configuration: name them where they are needed. Check it with
 * {@code mvn test -Dlesson=12 -Dexercise=RevenueOnKafkaStreams}; hints are in
 * {@code exercises/lesson12/hints/RevenueOnKafkaStreams.md}.
 */
public class RevenueOnKafkaStreams {

    /**
     * Adds the topology to the builder.
     *
     * @param payments the name of the topic to read
     * @param revenue the name of the topic to write
     */
    public void revenue(StreamsBuilder builder, String payments, String revenue) {
        throw new Unsolved();
    }
}
