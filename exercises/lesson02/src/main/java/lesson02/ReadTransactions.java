package lesson02;

import java.util.List;
import workbook.check.Unsolved;

/**
 * Reads the valid records of a topic that is written in transactions.
 *
 * <p><b>In:</b> the address of a Kafka broker, and the name of a topic with one partition. Its records were sent in
 * transactions that are committed, aborted or still open, or without a transaction. Values are text in UTF-8, not null;
 * some are blank, and some are equal. There may be no record, and the first records may have been deleted.
 *
 * <p><b>Out:</b> the values, in the order of the log, from its beginning. Omit records of aborted transactions. Include
 * records without a transaction.
 *
 * <p><b>Done means:</b> every call returns all records that were readable when it began, and then ends. An open
 * transaction hides its records and all records after them. Do not wait for them: a later call returns them, when the
 * transaction is committed or aborted. When the method returns, its consumer is closed.
 *
 * <p>Check it with {@code mvn test -Dlesson=02 -Dexercise=ReadTransactions}; hints are in
 * {@code exercises/lesson02/hints/ReadTransactions.md}.
 */
public class ReadTransactions {

    public List<String> committed(String servers, String topic) {
        throw new Unsolved();
    }
}
