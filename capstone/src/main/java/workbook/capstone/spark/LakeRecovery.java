package workbook.capstone.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import lesson09.AfterTheCheckpoint;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import workbook.capstone.format.Format;
import workbook.capstone.streaming.Positions;
import workbook.capstone.streaming.TopicReader;
import workbook.capstone.streaming.Topics;

/**
 * Gives the lake's query a new checkpoint after the old one is lost. {@code bronze} says which record of {@link
 * Topics#PAYMENTS} comes next: a batch is one commit, so each batch in it is complete. {@link Topics#SCORES} are read
 * from the beginning, because {@code silver} leaves out what it has.
 *
 * @param bootstrapServers of the broker
 * @param format of scores
 * @param lake the lake whose checkpoint is lost
 * @param checkpoint the folder of the new checkpoint
 */
public record LakeRecovery(String bootstrapServers, Format format, Lake lake, Path checkpoint) {

    private static final long OLDEST = -2;

    /**
     * What a recovery did.
     *
     * @param from the offsets from which the new query reads
     * @param lost records of {@link Topics#PAYMENTS} that the topic no longer has and {@code bronze} has not, as text such
     *     as {@code payments-0, offsets 17 to 19}
     * @param records the number of records that {@code bronze} has got
     * @param payments the number of payments that {@code silver} has got
     */
    public record Result(Positions from, List<String> lost, long records, long payments) {}

    /** Whether the query has no checkpoint: none of its batches is recorded in the folder. */
    public boolean isNeeded() {
        try (DirectoryStream<Path> batches = Files.newDirectoryStream(checkpoint.resolve("offsets"), "[0-9]*")) {
            return !batches.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint " + checkpoint + " could not be read: " + e.getMessage(), e);
        }
    }

    /**
     * Appends what is missing in the lake, with a new query that ends then. Its checkpoint is that of the pipeline's query.
     *
     * @throws IllegalStateException if the lake has records that come after the topic's end: it is another topic
     */
    public Result run(SparkSession spark) throws TimeoutException, StreamingQueryException {
        Map<TopicPartition, Long> next = next(spark);
        List<String> lost = new ArrayList<>();
        Map<TopicPartition, Long> oldest = beginnings(Topics.PAYMENTS).offsets();
        next.replaceAll((partition, offset) -> {
            if (offset == OLDEST || offset >= oldest.get(partition)) {
                return offset;
            }
            lost.add(partition + ", offsets " + offset + " to " + (oldest.get(partition) - 1));
            return OLDEST;
        });
        Positions from = new Positions(next).plus(beginnings(Topics.SCORES));
        long records = lake.count(spark, Lake.BRONZE);
        long payments = lake.count(spark, Lake.SILVER);
        new LakeJob(bootstrapServers, format, from.toJson(), lake, checkpoint, BatchJob.AVAILABLE_NOW)
                .start(spark)
                .awaitTermination();
        return new Result(
                from, lost, lake.count(spark, Lake.BRONZE) - records, lake.count(spark, Lake.SILVER) - payments);
    }

    private Map<TopicPartition, Long> next(SparkSession spark) {
        Map<TopicPartition, Long> ends =
                TopicReader.ends(bootstrapServers, List.of(Topics.PAYMENTS)).offsets();
        Map<TopicPartition, Long> next = new HashMap<>();
        offsets(spark, ends.size()).forEach((number, offset) -> {
            TopicPartition partition = new TopicPartition(Topics.PAYMENTS, number);
            if (offset > ends.getOrDefault(partition, 0L)) {
                throw new IllegalStateException("The lake has offset " + (offset - 1) + " of " + partition
                        + ", which ends before it. The lake belongs to another topic.");
            }
            next.put(partition, offset);
        });
        return next;
    }

    private Map<Integer, Long> offsets(SparkSession spark, int partitions) {
        Dataset<Row> bronze = lake.has(Lake.BRONZE)
                ? lake.read(spark, Lake.BRONZE).select("partition", "offset")
                : spark.sql("SELECT 0 AS partition, 0L AS offset WHERE false");
        return new AfterTheCheckpoint().startingOffsets(bronze, partitions);
    }

    private Positions beginnings(String topic) {
        return TopicReader.beginnings(bootstrapServers, List.of(topic));
    }
}
