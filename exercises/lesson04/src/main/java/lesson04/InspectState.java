package lesson04;

import org.apache.spark.sql.SparkSession;
import workbook.check.Unsolved;

/**
 * Answers four questions about a query's state from its checkpoint, while the query is not running.
 *
 * <p>The query counts and sums payments, in update mode and with several partitions:
 * <pre>{@code
 * payments.groupBy("customer").agg(count("*").as("payments"), sum("amount").as("total"))
 * }</pre>
 * It was restarted for each delivery and ended after reading it. Each delivery therefore made one batch; the first is
 * batch 0. It may run again between two of your calls. The settings of the session at its first start are unknown. {@code customer} was an int and never null; numbers
 * and amounts may be zero or negative.
 *
 * <p><b>In:</b> the checkpoint folder. The payments and the query's output no longer exist.
 *
 * <p><b>Done means:</b> each method returns what the checkpoint contains, and changes nothing in it: no file is written,
 * changed or deleted.
 *
 * <p>Check it with {@code mvn test -Dlesson=04 -Dexercise=InspectState}; hints are in
 * {@code exercises/lesson04/hints/InspectState.md}.
 */
public class InspectState {

    /** Returns the number of customers in the state after the last batch. */
    public long customers(SparkSession spark, String checkpoint) {
        throw new Unsolved();
    }

    /** Returns the number of the state's partitions, including empty ones. */
    public long partitions(SparkSession spark, String checkpoint) {
        throw new Unsolved();
    }

    /** Returns the customer with the most payments, whatever their sum, after the last batch; of several, the smallest. */
    public int busiest(SparkSession spark, String checkpoint) {
        throw new Unsolved();
    }

    /** Returns the number of this customer's payments in the state after this batch, or 0. */
    public long payments(SparkSession spark, String checkpoint, int customer, long batch) {
        throw new Unsolved();
    }
}
