package lesson00;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** The exercise of the tests: what comes in goes out. */
public class Echo {

    public Dataset<Row> echo(Dataset<Row> numbers) {
        return numbers;
    }

    /** A broken answer: here, so that its line can be named. */
    public static class Misspells extends Echo {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            return numbers.select("m");
        }
    }

    /** Another one, that breaks when rows arrive. */
    public static class Throws extends Echo {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            return numbers.map(
                    (MapFunction<Row, Row>) row -> {
                        throw new IllegalStateException("no such number");
                    },
                    Encoders.row(numbers.schema()));
        }
    }
}
