package lesson02;

import java.util.List;
import workbook.check.Unsolved;

/**
 * Read what is valid on a topic that is written in transactions.
 *
 * <p><b>In:</b> the address of a Kafka broker, and the name of a topic with one partition. Its records were sent in
 * transactions that were committed, aborted or are still open, or outside of any. Values are text in UTF-8.
 *
 * <p><b>Out:</b> the values, in the order of the log, from its beginning. Records of aborted transactions are left out. What
 * was sent outside of any transaction counts.
 *
 * <p><b>Done means:</b> every call returns all that could be read when it began, and comes to an end by itself. A transaction
 * that is still open hides its records and all that came after them: they are not waited for, and come with a later call,
 * once it is decided.
 *
 * <p>Check it with {@code mvn test -Dlesson=02 -Dexercise=ReadTransactions}; hints are in
 * {@code exercises/lesson02/hints/ReadTransactions.md}.
 */
public class ReadTransactions {

    public List<String> committed(String servers, String topic) {
        throw new Unsolved();
    }
}
