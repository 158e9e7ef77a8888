package lesson02;

import java.util.function.Consumer;
import workbook.check.Unsolved;

/**
 * Handles every record of a topic at least once, even if the program crashes in between.
 *
 * <p><b>In:</b> the address of a Kafka broker, the name of a topic, the name of a consumer group, and a handler, which
 * you call with the value of one record after the other. Values are text in UTF-8, not null. They are sent without
 * transactions.
 *
 * <p><b>Out:</b> calls of the handler, and the offsets that the group commits to the broker.
 *
 * <p><b>Done means:</b> the method returns when all records are handled that were on the topic when it was called, and
 * the group has committed them, in every partition. The next call resumes after the committed records; a group without
 * a commit begins at the first record. Records of a partition are handled in order.
 *
 * <p>The handler may throw. That is the crash: the method throws that exception, or one with it as its cause, and is
 * called again later. A record must not be committed before it is handled, nor may any record after it in its partition.
 * A record that is handled but not committed may be handled again.
 *
 * <p>Other members may consume in the same group at the same time. Do not handle the records of their partitions, but wait
 * until they are committed as well: their member may fail. When the method returns or throws, its own consumer has left
 * the group.
 *
 * <p>Check it with {@code mvn test -Dlesson=02 -Dexercise=AtLeastOnceConsumer}; hints are in
 * {@code exercises/lesson02/hints/AtLeastOnceConsumer.md}.
 */
public class AtLeastOnceConsumer {

    public void consume(String servers, String topic, String group, Consumer<String> handler) {
        throw new Unsolved();
    }
}
