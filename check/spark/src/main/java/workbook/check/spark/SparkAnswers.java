package workbook.check.spark;

import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import workbook.check.script.OutputColumns;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.ScriptRow;
import workbook.check.script.ScriptSpec;

/**
 * Answers written for Spark, as stories are played to them:
 *
 * <pre>{@code
 * Script.of(Payment.SCHEMA).columns("hour", "revenue")
 *         .batch(…).emits(…)
 *         .run(onSpark(answer::hourly));
 * }</pre>
 */
public final class SparkAnswers {

    private SparkAnswers() {}

    /** An answer that is a query of one stream. Its columns may come in any order. */
    public static RunnableAnswer onSpark(UnaryOperator<Dataset<Row>> answer) {
        return onSparkByName(streams -> answer.apply(only(streams)), 1);
    }

    /** An answer that takes objects: {@code onSpark(Encoders.bean(Sale.class), answer::large)}. */
    public static <T> RunnableAnswer onSpark(Encoder<T> encoder, Function<Dataset<T>, ? extends Dataset<?>> answer) {
        return onSparkByName(
                streams -> {
                    Dataset<?> result = answer.apply(only(streams).as(encoder));
                    return result == null ? null : result.toDF();
                },
                1);
    }

    /** An answer that takes two streams, in the order in which the story names them. */
    public static RunnableAnswer onSpark(BinaryOperator<Dataset<Row>> answer) {
        return onSparkByName(
                streams -> {
                    List<Dataset<Row>> both = List.copyOf(streams.values());
                    return answer.apply(both.get(0), both.get(1));
                },
                2);
    }

    /** An answer that takes any number of streams, by name. */
    public static RunnableAnswer onSparkByName(Function<Map<String, Dataset<Row>>, Dataset<Row>> answer) {
        return (story, columns) -> SparkTestDriver.forQuery(story, streams -> ordered(answer.apply(streams), columns));
    }

    private static RunnableAnswer onSparkByName(Function<Map<String, Dataset<Row>>, Dataset<Row>> answer, int inputs) {
        return (story, columns) -> {
            expectInputs(story, inputs);
            return onSparkByName(answer).driver(story, columns);
        };
    }

    /**
     * An answer that writes the batches of the stream somewhere, as {@code foreachBatch} takes it. What a batch of the story
     * emits is then all that can be seen there after it, such as {@code () -> spark.read().parquet(folder).collectAsList()},
     * columns in any order. Where the story lets the sink fail, it gets its batch again, after a restart.
     */
    public static RunnableAnswer foreachBatch(
            Supplier<VoidFunction2<Dataset<Row>, Long>> answer, Supplier<List<Row>> seen) {
        return (story, columns) -> {
            expectInputs(story, 1);
            return SparkTestDriver.forForeachBatch(story, answer, () -> SparkRows.fromSpark(seen.get()));
        };
    }

    /**
     * An answer that listens to a query of your own. What a batch of the story emits is then all that can be learnt from it
     * once it has heard of that batch. What the listener throws, the story throws.
     */
    public static RunnableAnswer queryListener(
            UnaryOperator<Dataset<Row>> query,
            Supplier<StreamingQueryListener> answer,
            Supplier<List<ScriptRow>> seen) {
        return (story, columns) -> {
            expectInputs(story, 1);
            return SparkTestDriver.forListener(story, query, answer, seen);
        };
    }

    /** @throws AssertionError if this is no stream of the columns */
    private static Dataset<Row> ordered(Dataset<Row> result, OutputColumns columns) {
        if (result == null) {
            throw new AssertionError("The answer returned null where a Dataset was asked for.");
        }
        if (!result.isStreaming()) {
            throw new AssertionError("The answer is not a stream. Build it from the Dataset that is passed in.");
        }
        columns.accept(SparkRows.schema(result.schema()));
        return result.select(columns.expected().stream().map(result::col).toArray(Column[]::new));
    }

    private static void expectInputs(ScriptSpec story, int expected) {
        if (story.inputs().size() != expected) {
            throw new IllegalStateException(
                    "The story has the inputs " + story.inputs().keySet() + ", the answer takes " + expected + ".");
        }
    }

    static Dataset<Row> only(Map<String, Dataset<Row>> streams) {
        return streams.values().iterator().next();
    }
}
