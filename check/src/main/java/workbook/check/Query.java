package workbook.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;
import workbook.kit.Scratch;

/** A running streaming query that is fed by hand: what goes in together is one batch. */
final class Query implements AutoCloseable {

    private final MemoryStream<Row> source;
    private final List<Row> emitted = Collections.synchronizedList(new ArrayList<>());
    private final Path checkpoint = Scratch.folder("checkpoint-");
    private final StreamingQuery query;

    private Query(StructType input, String mode, UnaryOperator<Dataset<Row>> answer) throws TimeoutException {
        SparkSession spark = SharedSpark.session(); // before the encoder, which asks it for the type of timestamps
        source = MemoryStream.apply(Encoders.row(input), spark);
        query = answer.apply(source.toDF()).writeStream()
                .outputMode(mode)
                .option("checkpointLocation", checkpoint.toString())
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (batch, id) -> emitted.addAll(batch.collectAsList()))
                .start();
    }

    static Query of(StructType input, String mode, UnaryOperator<Dataset<Row>> answer) {
        try {
            return new Query(input, mode, answer);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Another query was still starting.", e);
        }
    }

    /** Puts these rows in as one batch, waits until the query has dealt with them, and returns what it put out. */
    List<Row> feed(List<Row> rows) {
        emitted.clear();
        source.addData(CollectionConverters.asScala(rows));
        query.processAllAvailable();
        return List.copyOf(emitted);
    }

    @Override
    public void close() {
        try {
            query.stop();
        } catch (TimeoutException e) {
            throw new IllegalStateException("The query did not stop.", e);
        } finally {
            Scratch.delete(checkpoint);
        }
    }
}
