package workbook.capstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.format.JsonFormat;
import workbook.capstone.streaming.PaymentProducer;
import workbook.capstone.streaming.Topics;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/** A lake on a real broker, whose checkpoint is lost. */
class LakeRecoveryTest extends OnKafkaAndSpark {

    private static final TopicPartition FIRST = new TopicPartition(Topics.PAYMENTS, 0);

    private final Iterator<SimulatedPayment> payments = new Simulator(
                    Simulator.Settings.defaults().withCustomers(60))
            .payments(0, 30)
            .iterator();

    @TempDir
    Path folder;

    @Test
    void eachRecordIsInTheLakeOnceAfterTheCheckpointIsLost() throws Exception {
        Lake lake = new Lake(folder.resolve("lake"));
        sendPayments(100);
        sendScores(1, 2);
        run(lake, "first");
        assertThat(new LakeRecovery(kafka.bootstrapServers(), JsonFormat.PLAIN, lake, folder.resolve("first"))
                        .isNeeded())
                .isFalse();

        sendPayments(50);
        sendScores(2, 3);
        LakeRecovery recovery =
                new LakeRecovery(kafka.bootstrapServers(), JsonFormat.PLAIN, lake, folder.resolve("second"));
        assertThat(recovery.isNeeded()).isTrue();
        LakeRecovery.Result result = recovery.run(spark);

        assertThat(result.lost()).isEmpty();
        assertThat(List.of(result.records(), result.payments())).containsExactly(50L, 1L);
        assertThat(recovery.isNeeded()).isFalse();
        assertRecords(lake, 150);

        sendPayments(10);
        run(lake, "second"); // the pipeline's query goes on with the new checkpoint
        assertRecords(lake, 160);

        sendPayments(40);
        long next = lake.read(spark, Lake.BRONZE)
                        .where("partition = 0")
                        .selectExpr("max(offset)")
                        .first()
                        .getLong(0)
                + 1;
        kafka.admin()
                .deleteRecords(Map.of(FIRST, RecordsToDelete.beforeOffset(next + 2)))
                .all()
                .get();
        result = new LakeRecovery(kafka.bootstrapServers(), JsonFormat.PLAIN, lake, folder.resolve("third")).run(spark);

        assertThat(result.lost()).containsExactly("payments-0, offsets " + next + " to " + (next + 1));
        assertRecords(lake, 198);
    }

    @Test
    void aLakeWithRecordsBehindTheTopicsEndIsRefused() throws IOException {
        Path bronze = Files.createDirectories(folder.resolve("lake")).resolve(Lake.BRONZE);
        spark.sql("SELECT 0 AS partition, 9999999L AS offset")
                .write()
                .format("delta")
                .save(bronze.toString());

        assertThatThrownBy(() -> new LakeRecovery(
                                kafka.bootstrapServers(),
                                JsonFormat.PLAIN,
                                new Lake(folder.resolve("lake")),
                                folder.resolve("checkpoint"))
                        .run(spark))
                .hasMessage("The lake has offset 9999999 of payments-0, which ends before it."
                        + " The lake belongs to another topic.");
    }

    private static void assertRecords(Lake lake, long expected) {
        Dataset<Row> records = lake.read(spark, Lake.BRONZE).select("partition", "offset");
        assertThat(List.of(records.count(), records.distinct().count())).containsExactly(expected, expected);
    }

    private void run(Lake lake, String checkpoint) throws Exception {
        new LakeJob(
                        kafka.bootstrapServers(),
                        JsonFormat.PLAIN,
                        "earliest",
                        lake,
                        folder.resolve(checkpoint),
                        BatchJob.AVAILABLE_NOW)
                .start(spark)
                .awaitTermination();
    }

    private void sendPayments(int count) {
        try (PaymentProducer producer = new PaymentProducer(kafka.bootstrapServers(), JsonFormat.PLAIN)) {
            for (int i = 0; i < count; i++) {
                producer.send(payments.next().payment());
            }
            producer.flush();
            producer.throwIfFailed();
        }
    }

    private static void sendScores(int... ids) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int id : ids) {
                producer.send(new ProducerRecord<>(
                        Topics.SCORES, "{\"id\":" + id + ",\"time\":\"2018-05-01T09:10:00Z\",\"score\":0.5}"));
            }
        }
    }
}
