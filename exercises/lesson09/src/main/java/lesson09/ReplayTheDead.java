package lesson09;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import workbook.check.Unsolved;

/**
 * Sends records that were refused once more: mended if they can be, in their order, and at most three times.
 *
 * <p><b>In:</b> the {@link Clients}, the {@link Topics}, the name of a consumer group, and {@link Mending}, which the
 * method calls for a record that is to be sent. Records of {@code dead}, the dead letters, have a key and a value, which
 * may be null, a timestamp and headers. Headers may have any bytes, and several may have the same name, but for two,
 * whose values are text in UTF-8:
 * <ul>
 * <li>{@code origin}: where the record was first, such as {@code payments-0@17}. Its consumers use it to drop
 *     duplicates.
 * <li>{@code attempts}: how many times it has been sent again, as a number; without this header never.
 * </ul>
 * The topics are written without transactions. No other program reads for this group at the same time.
 *
 * <p><b>Out:</b> every dead letter is sent to {@code payments} or to {@code parked}.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>A dead letter is <b>parked</b> if it has been sent again three times or more, if it cannot be mended, or if a
 *     record with its key is in {@code parked} already: records with a key stay in their order, so nothing overtakes
 *     one that waits there. Records without a key have no order, and each of them is alone.
 * <li>A parked record has the dead letter's key, value, timestamp and headers.
 * <li>All others are <b>sent</b> to {@code payments}, with the mended value, and with one attempt more. Key, timestamp
 *     and all other headers are the dead letter's. The key chooses the partition, as it does for other producers of
 *     {@code payments}, which may have another number of partitions than {@code dead}.
 * <li>Records with the same key are sent and parked in the order in which they are in {@code dead}.
 * <li>The method returns when all dead letters are handled that {@code dead} had when it was called, and the group has
 *     committed them. The next call begins behind them, a group without a commit at the first one.
 * <li>{@code Mending} may throw. That is a crash: the method throws that exception, or one with it as its cause, and is
 *     called again later. Nothing is committed that has not reached the broker. What is not committed may be sent
 *     again, and is the same record then.
 * <li>A client may throw, such as at a commit that the broker does not answer. The method throws that exception, or one with
 *     it as its cause.
 * <li>When the method returns or throws, its clients are closed.
 * </ul>
 *
 * <p>In a verdict {@code minute} is the record's timestamp, in minutes after nine, and {@code reason} one of the other
 * headers.
 *
 * <p>Check it with {@code mvn test -Dlesson=09 -Dexercise=ReplayTheDead}; hints are in
 * {@code exercises/lesson09/hints/ReplayTheDead.md}.
 */
public class ReplayTheDead {

    /** Creates Kafka's clients. The broker's address and the classes for text are set already. */
    public interface Clients {

        Consumer<String, String> consumer(Map<String, Object> settings);

        Producer<String, String> producer(Map<String, Object> settings);
    }

    /**
     * The names of the topics.
     *
     * @param dead the dead letters
     * @param payments where they are sent again
     * @param parked where they wait for somebody; it has as many partitions as {@code dead}
     */
    public record Topics(String dead, String payments, String parked) {}

    /** Mends the value of a dead letter. */
    public interface Mending {

        /** Returns the value to send, which is not null. Empty if the record cannot be mended. */
        Optional<String> mended(String origin, String value);
    }

    public void replay(Clients clients, Topics topics, String group, Mending mending) {
        throw new Unsolved();
    }
}
