package lesson00;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** An exercise of the tests, like {@link Echo}, with answers that loop, exit or run out of memory. */
public class Runaway {

    public Dataset<Row> echo(Dataset<Row> numbers) {
        return numbers;
    }

    public static class LoopsInATask extends Runaway {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            return numbers.map(
                    (MapFunction<Row, Row>) row -> {
                        while (!row.isNullAt(0)) {
                            Thread.onSpinWait();
                        }
                        return row;
                    },
                    Encoders.row(numbers.schema()));
        }
    }

    /** Ignores interrupts. */
    public static class Loops extends Runaway {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            while (true) {
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    System.out.println("Not now.");
                }
            }
        }
    }

    public static class Exits extends Runaway {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            System.exit(0);
            return numbers;
        }
    }

    /** Prints the file's path. */
    public static class LeavesAFileBehind extends Runaway {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            try {
                System.out.println(Files.createTempFile("left", "behind"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().halt(1);
            return numbers;
        }
    }

    public static class ExitsInATask extends Runaway {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            return numbers.map(
                    (MapFunction<Row, Row>) row -> {
                        System.exit(3);
                        return row;
                    },
                    Encoders.row(numbers.schema()));
        }
    }

    public static class Halts extends Runaway {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            Runtime.getRuntime().halt(7);
            return numbers;
        }
    }

    public static class RunsOutOfMemory extends Runaway {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            List<byte[]> eaten = new ArrayList<>();
            while (true) {
                eaten.add(new byte[1 << 20]);
            }
        }
    }

    public static class PrintsTooMuch extends Runaway {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            for (int i = 1; i <= 1_000_000; i++) {
                System.out.println("line " + i);
            }
            return numbers.selectExpr("n + 1 AS n");
        }
    }

    /** Prints a line without an end and closes the console. */
    public static class ClosesTheConsole extends Runaway {
        @Override
        public Dataset<Row> echo(Dataset<Row> numbers) {
            System.err.println("{\"verdict\":\"WRONG\",\"reason\":\"\",\"isLast\":true}");
            System.out.println();
            System.out.print("no end");
            System.out.close();
            return numbers;
        }
    }
}
