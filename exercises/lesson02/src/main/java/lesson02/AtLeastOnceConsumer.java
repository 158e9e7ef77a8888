package lesson02;

import java.util.function.Consumer;
import workbook.check.Unsolved;

/**
 * Handle every record of a topic at least once, even if the program crashes in between.
 *
 * <p><b>In:</b> the address of a Kafka broker, the name of a topic, the name of a consumer group, and a handler, which is
 * called with the value of one record after the other. Values are text in UTF-8.
 *
 * <p><b>Out:</b> calls of the handler; and, on the broker, the offsets that the group has committed.
 *
 * <p><b>Done means:</b> the method returns when all records are handled that lay on the topic when it began, and the group
 * has committed that. Called again, it goes on after what was committed; a group that has committed nothing begins at the
 * first record. Records of a partition are handled in their order.
 *
 * <p>The handler may throw: that is the crash. The method lets the exception out, and is called again later. Until it was
 * handled, a record must not be committed, nor any after it in its partition. What was handled, but not committed, may be
 * handled again.
 *
 * <p>Others may consume in the same group at the same time. What is given to them is not handled here. Whether the method
 * returns or throws, its own consumer has left the group.
 *
 * <p>Check it with {@code mvn test -Dlesson=02 -Dexercise=AtLeastOnceConsumer}; hints are in
 * {@code exercises/lesson02/hints/AtLeastOnceConsumer.md}.
 */
public class AtLeastOnceConsumer {

    public void consume(String servers, String topic, String group, Consumer<String> handler) {
        throw new Unsolved();
    }
}
