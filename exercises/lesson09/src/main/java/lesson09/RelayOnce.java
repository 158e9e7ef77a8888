package lesson09;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import workbook.check.Unsolved;

/**
 * Relays the large amounts of a topic to another one, each of them once for readers of committed records, even if the
 * program crashes or runs twice.
 *
 * <p><b>In:</b> the {@link Clients}, the topics {@code from} and {@code to}, each with one partition, and the name of a
 * consumer group. The values of {@code from} are amounts such as {@code 12.5} or {@code -3}, with two decimals at
 * most; keys may be null. The records were sent in transactions that are
 * committed, aborted or still open, or without a transaction. The first records may have been deleted.
 *
 * <p><b>Out:</b> in {@code to}, the records whose amount is at least 100, with their key and value, in their order.
 * Records of aborted transactions are left out.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>The method returns when it has relayed all records that were readable when it was called. It does not wait for an
 *     open transaction. The next call begins behind these records.
 * <li>The offsets that the group has committed say how far the relay has come. Only one call relays for a group at a
 *     time. Another group's relay may run at the same time, with the same topics: it is another relay, and disturbs
 *     nobody.
 * <li>The program may die at every call of a client: then this call has been executed or not, and all clients of this
 *     method throw an {@code Error}. The method is called again later.
 * <li>A client may throw a {@code TransactionAbortableException}: the transaction cannot be committed. The same call of
 *     the method relays its records in another transaction. After any other exception of a client, the method throws
 *     it, or one with it as its cause, and is called again later.
 * <li>The program may stall at every call of a client, and another one be started in its place. That one does not wait
 *     for the first. If the first goes on later, the method throws Kafka's exception there, and readers of committed
 *     records do not see what it has sent.
 * <li>When the method returns or throws, its clients are closed.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=09 -Dexercise=RelayOnce}; hints are in
 * {@code exercises/lesson09/hints/RelayOnce.md}.
 */
public class RelayOnce {

    /** Creates Kafka's clients. The broker's address and the classes for text are set already. */
    public interface Clients {

        Consumer<String, String> consumer(Map<String, Object> settings);

        Producer<String, String> producer(Map<String, Object> settings);
    }

    public void relay(Clients clients, String from, String to, String group) {
        throw new Unsolved();
    }
}
