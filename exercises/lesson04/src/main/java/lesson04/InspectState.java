package lesson04;

import org.apache.spark.sql.SparkSession;
import workbook.check.Unsolved;

/**
 * What does a query know? Four questions, answered from its checkpoint, while the query itself is not running.
 *
 * <p>The query has counted and added up payments, in update mode and with several partitions:
 * <pre>{@code
 * payments.groupBy("customer").agg(count("*").as("payments"), sum("amount").as("total"))
 * }</pre>
 * It was started again for each delivery and ended when it had read it; so each delivery made one batch, the first of them
 * batch 0. Nobody knows what the session was set to when it ran first.
 *
 * <p><b>In:</b> the folder of the checkpoint. The payments are gone, and what the query put out as well.
 *
 * <p><b>Done means:</b> each method says what stands in the checkpoint, and changes nothing there.
 *
 * <p>Check it with {@code mvn test -Dlesson=04 -Dexercise=InspectState}; hints are in
 * {@code exercises/lesson04/hints/InspectState.md}.
 */
public class InspectState {

    /** How many customers stand in the state, after the last batch? */
    public long customers(SparkSession spark, String checkpoint) {
        throw new Unsolved();
    }

    /** Over how many partitions is the state spread, those included that hold nothing? */
    public long partitions(SparkSession spark, String checkpoint) {
        throw new Unsolved();
    }

    /** Which customer has made most payments, after the last batch? Of several, the one with the smallest number. */
    public int busiest(SparkSession spark, String checkpoint) {
        throw new Unsolved();
    }

    /** How many payments of this customer were known when this batch had ended? 0 if there were none. */
    public long payments(SparkSession spark, String checkpoint, int customer, long batch) {
        throw new Unsolved();
    }
}
