package workbook.check.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.window;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import workbook.check.script.Script;

/** Runs a sample script to start Spark and to load the classes that most scripts need, which takes seconds. */
final class WarmUp {

    private static final int TIMES = 3;

    private WarmUp() {}

    static void run() {
        for (int i = 0; i < TIMES; i++) {
            Script.of("time TIMESTAMP, id INT")
                    .columns("start", "n")
                    .batch(row("10:05", 1), row("10:20", 2))
                    .emitsNothing()
                    .batch(row("12:00", 3))
                    .emits(row("10:00", 2))
                    .restart()
                    .batch(row("14:00", 4))
                    .emits(row("12:00", 1))
                    .run(onSpark(rows -> rows.withWatermark("time", "10 minutes")
                            .groupBy(window(col("time"), "1 hour"))
                            .agg(count(lit(1)).as("n"))
                            .select("window.start", "n")));
        }
    }
}
