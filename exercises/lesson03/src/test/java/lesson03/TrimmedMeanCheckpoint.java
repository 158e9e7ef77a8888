package lesson03;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udaf;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.expressions.Aggregator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.spark.SharedSpark;

@Checkpoint(TrimmedMean.class)
class TrimmedMeanCheckpoint {

    private static final String READINGS = "sensor STRING, celsius DOUBLE";
    private static final String[] COLUMNS = {"sensor STRING", "mean DOUBLE"};

    @Test
    @Order(1)
    void theSmallestAndTheLargestAreLeftOut(TrimmedMean answer) {
        script().batch(
                        row("roof", 21.0),
                        row("cold store", -18.0),
                        row("roof", 30.0),
                        row("roof", 22.0),
                        row("cold store", -25.0),
                        row("cold store", -20.0),
                        row("roof", 20.0))
                .emits(row("roof", 21.5), row("cold store", -20.0))
                .run(onSpark(on(answer)));
    }

    @Test
    @Order(2)
    void onlyOneOfEqualReadingsIsLeftOut(TrimmedMean answer) {
        script().batch(row("roof", 20.0), row("roof", 26.0), row("roof", 20.0), row("roof", 26.0), row("roof", 20.0))
                .batch(row("attic", 1e18), row("attic", 20.0), row("attic", 1e18))
                .emits(row("roof", 22.0), row("attic", 1e18))
                .run(onSpark(on(answer)));
    }

    @Test
    @Order(3)
    void nullIsNoReadingAndFewerThanThreeReadingsHaveNoMean(TrimmedMean answer) {
        script().batch(row("roof", 20.0), row("roof", null), row("roof", 22.0), row("cellar", null))
                .emits(row("roof", null), row("cellar", null))
                .run(onSpark(on(answer)));
    }

    @Test
    @Order(4)
    void aReadingThatIsLeftOutDoesNotAffectTheMean(TrimmedMean answer) {
        script().batch(
                        row("roof", 20.5),
                        row("roof", 1e18),
                        row("roof", 19.5),
                        row("roof", 21.5),
                        row("cellar", 8.5),
                        row("cellar", -1e18),
                        row("cellar", 7.5),
                        row("cellar", 8.0))
                .emits(row("roof", 21.0), row("cellar", 7.75))
                .run(onSpark(on(answer)));
    }

    @Test
    @Order(5)
    void theReadingsOfAllBatchesAreOneSeries(TrimmedMean answer) {
        script().batch(row("roof", 20.0), row("roof", 21.0), row("roof", 25.0))
                .batch(row("roof", 23.0), row("roof", 24.0), row("roof", 31.0))
                .emits(row("roof", 23.25))
                .run(onSpark(on(answer)));
    }

    /** No double is exactly 20.1, and zero degrees are a reading. */
    @Test
    @Order(6)
    void theMeanIsExactToABillionth(TrimmedMean answer) {
        script().batch(row("roof", 20.1), row("roof", 20.1), row("roof", 15.0), row("roof", 35.0), row("roof", 20.2))
                .batch(row("cellar", -0.5), row("cellar", 0.0), row("cellar", 0.5))
                .emits(row("roof", 60.4 / 3), row("cellar", 0.0))
                .run(onSpark(on(answer)));
    }

    @Test
    @Order(7)
    void theBufferDoesNotGrowWithTheNumberOfReadings(TrimmedMean answer) {
        int few = bytes(answer.aggregator(), 10);
        int many = bytes(answer.aggregator(), 1_000);
        if (many >= 2 * few) {
            throw new AssertionError("The buffer has " + few + " bytes after 10 readings and " + many
                    + " after 1000. It must not grow.");
        }
    }

    /** The oracle sorts the readings of each sensor. */
    @Test
    @Order(8)
    void randomReadingsGiveTheSameMeanAsSortingThem(TrimmedMean answer) {
        RandomScript.of(READINGS)
                .mode("complete")
                .columns(COLUMNS)
                .batches(
                        3,
                        60,
                        RandomRows.of(READINGS)
                                .notNull("sensor") // this checkpoint groups by it, not the answer
                                // not -1e18 too: the sum of both depends on the order of the others
                                .between("celsius", -1_000, 1e18))
                .run(onSpark(on(answer)), TrimmedMeanCheckpoint::sortedAndTrimmed);
    }

    private static Script script() {
        return Script.of(READINGS).mode("complete").columns(COLUMNS);
    }

    private static UnaryOperator<Dataset<Row>> on(TrimmedMean answer) {
        return readings -> readings.groupBy("sensor")
                .agg(udaf(answer.aggregator(), Encoders.DOUBLE())
                        .apply(col("celsius"))
                        .as("mean"));
    }

    /** Returns the size of the buffer that Spark stores after so many readings. */
    private static <B> int bytes(Aggregator<Double, B, Double> aggregator, int readings) {
        B buffer = aggregator.zero();
        for (int i = 0; i < readings; i++) {
            buffer = aggregator.reduce(buffer, i / 4.0);
        }
        Dataset<Row> kept = SharedSpark.session()
                .createDataset(List.of(buffer), aggregator.bufferEncoder())
                .toDF();
        return ((UnsafeRow) kept.queryExecution().executedPlan().executeCollect()[0]).getSizeInBytes();
    }

    private static List<ScriptRow> sortedAndTrimmed(List<ScriptRow> readings) {
        Map<String, List<ScriptRow>> bySensor =
                readings.stream().collect(Collectors.groupingBy(reading -> reading.getString(0)));
        return bySensor.entrySet().stream()
                .map(of -> row(of.getKey(), mean(of.getValue())))
                .toList();
    }

    private static Double mean(List<ScriptRow> readings) {
        List<Double> sorted = readings.stream()
                .filter(reading -> !reading.isNullAt(1))
                .map(reading -> reading.getDouble(1))
                .sorted()
                .toList();
        if (sorted.size() < 3) {
            return null;
        }
        return sorted.subList(1, sorted.size() - 1).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }
}
