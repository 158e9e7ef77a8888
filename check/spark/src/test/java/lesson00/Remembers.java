package lesson00;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** An exercise of the tests, with an answer that is right only once. */
public class Remembers {

    private static int calls;

    public Dataset<Row> echo(Dataset<Row> numbers) {
        return calls++ == 0 ? numbers : numbers.where("n < 0");
    }
}
