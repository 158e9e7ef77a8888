package workbook.check;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;

/** Where a story is played: what rows go into, and where to look for what becomes of them. */
interface Stage extends AutoCloseable {

    void start();

    /** Stops the answer and starts it again; the answer is asked for once more. */
    void restart();

    /**
     * Puts these rows in together and waits until the answer has dealt with them: until it rests or, if it never does,
     * until it has done what is expected or patience ends.
     */
    Outcome feed(Map<String, List<Row>> rows, Predicate<Outcome> isExpected);

    /** Puts these rows in together, lets the sink fail when it has written them, and returns what it had written. */
    List<Row> feedToFailingSink(Map<String, List<Row>> rows);

    @Override
    void close();
}
