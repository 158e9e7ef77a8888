package workbook.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.SparkIllegalArgumentException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import workbook.check.kafka.KafkaTopic;
import workbook.kit.spark.CheckpointFolder;

/** Proves statements of QA.md about Spark's Kafka source and real-time mode, with Spark and a broker. */
class KafkaSourceTest extends AsksSpark {

    private final KafkaTopic topic = KafkaTopic.create(2);

    private final CheckpointFolder checkpoint = CheckpointFolder.create();

    @Test
    void aNewStreamBeginsAtTheEndOfItsTopicAndATableAtItsBeginning() throws Exception {
        send("before");
        StreamingQuery stream = start("read", Map.of());
        stream.processAllAvailable();
        send("after");
        stream.processAllAvailable();
        assertThat(values(spark.table("read"))).containsExactly("after");
        assertThat(values(
                        spark.read().format("kafka").options(whereTheTopicIs()).load()))
                .containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void anOptionThatIsMisspeltOrHasNoPrefixDoesNothing() throws Exception {
        send("before");
        StreamingQuery stream = start(
                "read",
                Map.of("auto.offset.reset", "earliest", "startingOfsets", "earliest", "kafka.max.pol.records", "1"));
        stream.processAllAvailable();
        send("after");
        stream.processAllAvailable();
        assertThat(values(spark.table("read"))).containsExactly("after");
    }

    @Test
    void whatIsSparksOwnBusinessIsRefused() {
        List<String> options =
                List.of("auto.offset.reset", "enable.auto.commit", "key.deserializer", "value.deserializer");
        for (String option : options) {
            assertThatThrownBy(() -> start("read", Map.of("kafka." + option, "earliest")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Kafka option '" + option + "' is not supported");
        }
    }

    @Test
    void ofTwoQueriesWithOneGroupIdEachReadsAllRecords() throws Exception {
        String group = "together on " + topic.name();
        StreamingQuery one = start("one", Map.of("kafka.group.id", group));
        StreamingQuery other = start("other", Map.of("kafka.group.id", group));
        one.processAllAvailable();
        other.processAllAvailable();
        topic.send(topic.record(0, "1", "a", Instant.EPOCH), topic.record(1, "2", "b", Instant.EPOCH));
        one.processAllAvailable();
        other.processAllAvailable();
        assertThat(values(spark.table("one"))).containsExactlyInAnyOrder("a", "b");
        assertThat(values(spark.table("other"))).containsExactlyInAnyOrder("a", "b");
        assertThat(topic.members(group)).isZero();
    }

    @Test
    void headersAreAColumnOnlyOnRequest() throws Exception {
        ProducerRecord<String, String> record = topic.record("1", "a");
        record.headers().add("till", new byte[] {7});
        topic.send(record);
        DataFrameReader table = spark.read().format("kafka").options(whereTheTopicIs());
        assertThat(table.load().columns()).doesNotContain("headers");
        Row read = table.option("includeHeaders", "true")
                .load()
                .selectExpr("headers[0].key", "headers[0].value")
                .head();
        assertThat(read.getString(0)).isEqualTo("till");
        assertThat((byte[]) read.get(1)).containsExactly(7);
    }

    @Test
    void realTimeModeTakesNoStateAndNoShuffle() throws Exception {
        Dataset<Row> once = stream(Map.of()).dropDuplicates("key");
        StreamingQuery query = inRealTime(once, "5 seconds").format("console").start();
        assertThatThrownBy(query::awaitTermination)
                .isInstanceOf(StreamingQueryException.class)
                .hasMessageContaining("STREAMING_REAL_TIME_MODE.OPERATOR_OR_SINK_NOT_IN_ALLOWLIST")
                .hasMessageContaining("StreamingDeduplicateExec")
                .hasMessageContaining("ShuffleExchangeExec");
    }

    @Test
    void realTimeModeTakesNoForeachBatch() {
        VoidFunction2<Dataset<Row>, Long> nothing = (batch, number) -> {};
        assertThatThrownBy(() -> inRealTime(stream(Map.of()), "5 seconds")
                        .foreachBatch(nothing)
                        .start())
                .isInstanceOf(SparkIllegalArgumentException.class)
                .hasMessageContaining("ForeachBatchSink");
    }

    @Test
    void aBatchInRealTimeModeLastsFiveSecondsAtLeast() {
        assertThatThrownBy(() -> inRealTime(stream(Map.of()), "4 seconds")
                        .format("console")
                        .start())
                .isInstanceOf(SparkIllegalArgumentException.class)
                .hasMessageContaining("5000 ms minimum");
    }

    private void send(String value) {
        topic.send(topic.record(value, value));
    }

    private StreamingQuery start(String table, Map<String, String> options) throws TimeoutException {
        return stream(options).writeStream().format("memory").queryName(table).start();
    }

    private Dataset<Row> stream(Map<String, String> options) {
        return spark.readStream()
                .format("kafka")
                .options(whereTheTopicIs())
                .options(options)
                .load();
    }

    private Map<String, String> whereTheTopicIs() {
        return Map.of("kafka.bootstrap.servers", topic.servers(), "subscribe", topic.name());
    }

    private DataStreamWriter<Row> inRealTime(Dataset<Row> rows, String batch) {
        return rows.writeStream()
                .outputMode("update")
                .trigger(Trigger.RealTime(batch))
                .option("checkpointLocation", checkpoint.toString());
    }

    private static List<String> values(Dataset<Row> records) {
        return records.selectExpr("cast(value as string)").as(Encoders.STRING()).collectAsList();
    }
}
