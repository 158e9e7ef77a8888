package workbook.check.spark;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;

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
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.types.StructType;
import workbook.check.script.OutputColumns;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.ScriptRow;

/**
 * Makes answers for Spark runnable by scripts:
 *
 * <pre>{@code
 * Script.of(Payment.SCHEMA).columns("hour", "revenue")
 *         .batch(…).emits(…)
 *         .run(onSpark(answer::hourly));
 * }</pre>
 */
public final class SparkAnswers {

    private SparkAnswers() {}

    /** An answer that is a query on one stream. Its output columns may be in any order. */
    public static RunnableAnswer onSpark(UnaryOperator<Dataset<Row>> answer) {
        return onSparkByName(streams -> answer.apply(only(streams)), 1);
    }

    /** An answer that takes a typed Dataset: {@code onSpark(Encoders.bean(Sale.class), answer::large)}. */
    public static <T> RunnableAnswer onSpark(Encoder<T> encoder, Function<Dataset<T>, ? extends Dataset<?>> answer) {
        return onSparkByName(
                streams -> {
                    Dataset<?> result = answer.apply(only(streams).as(encoder));
                    return result == null ? null : result.toDF();
                },
                1);
    }

    /** An answer that takes two streams, in the order of the script's inputs. */
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
        return (script, columns) ->
                SparkTestDriver.forQuery(script, streams -> ordered(answer.apply(streams), columns));
    }

    private static RunnableAnswer onSparkByName(Function<Map<String, Dataset<Row>>, Dataset<Row>> answer, int inputs) {
        return (script, columns) -> {
            script.expectInputs(inputs);
            return onSparkByName(answer).driver(script, columns);
        };
    }

    /**
     * An answer that is a function for {@code foreachBatch}. The output of a batch is then all output so far, as
     * {@code seen} reads it, such as {@code () -> spark.read().parquet(folder).collectAsList()}, with its columns in any
     * order. If the script lets the sink fail, the function receives the batch again after a restart.
     */
    public static RunnableAnswer foreachBatch(
            Supplier<VoidFunction2<Dataset<Row>, Long>> answer, Supplier<List<Row>> seen) {
        return (script, columns) -> {
            script.expectInputs(1);
            return SparkTestDriver.forForeachBatch(script, answer, () -> SparkRows.fromSpark(seen.get()));
        };
    }

    /**
     * What a function for {@code foreachBatch} does with a batch whose rows cannot be read: {@code an exception}, as it should,
     * because Spark then passes the batch again, or {@code none}.
     *
     * @param schema of the batch, as DDL
     */
    public static String resultOfAFailingBatch(VoidFunction2<Dataset<Row>, Long> answer, String schema, long number) {
        StructType columns = StructType.fromDDL(schema);
        Dataset<Row> batch = SharedSpark.session()
                .createDataFrame(List.of(RowFactory.create(new Object[columns.size()])), columns)
                .where(raise_error(lit("the source of this batch is away")).isNull());
        try {
            answer.call(batch, number);
            return "none";
        } catch (Exception e) {
            return "an exception";
        }
    }

    /**
     * An answer that is a listener for the checkpoint's own query. The output of a batch is then what {@code seen} returns
     * after the listener has received the events of the batch. The script throws what the listener throws.
     */
    public static RunnableAnswer queryListener(
            UnaryOperator<Dataset<Row>> query,
            Supplier<StreamingQueryListener> answer,
            Supplier<List<ScriptRow>> seen) {
        return (script, columns) -> {
            script.expectInputs(1);
            return SparkTestDriver.forListener(script, query, answer, seen);
        };
    }

    /** @throws AssertionError if this is not a stream with the expected columns */
    private static Dataset<Row> ordered(Dataset<Row> result, OutputColumns columns) {
        if (result == null) {
            throw new AssertionError("The answer returned null instead of a Dataset.");
        }
        if (!result.isStreaming()) {
            throw new AssertionError("The answer is not a stream. Build it from the Dataset that is passed in.");
        }
        columns.accept(SparkRows.schema(result.schema()));
        return result.select(columns.expected().stream().map(result::col).toArray(Column[]::new));
    }

    static Dataset<Row> only(Map<String, Dataset<Row>> streams) {
        return streams.values().iterator().next();
    }
}
