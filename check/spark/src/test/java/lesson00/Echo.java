package lesson00;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** The exercise of the tests: emit the input. */
public class Echo {

    public Dataset<Row> echo(Dataset<Row> numbers) {
        return numbers;
    }

    /** A broken answer, in this file so that its line is reported. */
    public static class Misspells extends Echo {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            return numbers.select("m");
        }
    }

    /** A broken answer that throws while it processes rows. */
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
