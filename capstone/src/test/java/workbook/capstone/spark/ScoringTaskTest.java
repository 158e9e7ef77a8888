package workbook.capstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.inference.Models;
import workbook.capstone.inference.Training;
import workbook.capstone.streaming.Topics;
import workbook.kit.Payment;
import workbook.kit.Simulator;

class ScoringTaskTest {

    private static final StructType RECORD = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType);

    @TempDir
    static Path models;

    private static Payment payment;
    private int taken;

    @BeforeAll
    static void trainOnFewCustomers() {
        Simulator.Settings settings = Simulator.Settings.defaults().withCustomers(300);
        Simulator simulator = new Simulator(settings);
        new Models(models).publish(Training.on(simulator, settings));
        payment = simulator.day(Training.HISTORY_DAYS).get(0).payment();
    }

    @Test
    void aRecordsResultLeavesBeforeTheNextRecordIsAskedFor() {
        ScoringTask task = task(payment.toJson(), payment.toJson());
        assertThat(task.hasNext()).isTrue();
        assertThat(taken).isZero();
        task.next();
        assertThat(taken).isEqualTo(1);
    }

    @Test
    void aPaymentBecomesAScoreThatHoldsThePayment() {
        Row score = task(payment.toJson()).next();
        assertThat(score.<String>getAs(2)).isEqualTo(Topics.SCORES);
        assertThat(text(score, 0)).isEqualTo(Long.toString(payment.id()));
        assertThat(text(score, 1)).startsWith(payment.toJson().replace("}", "")).contains("\"score\":0.");
    }

    @Test
    void aPaymentFarAboveTheCustomersMeanAlsoRaisesAnAlert() {
        String large = payment.toJson().replace("\"amount\":" + payment.amount(), "\"amount\":9000.00");
        ScoringTask task = task(large);
        Row score = task.next();
        Row alert = task.next();
        assertThat(alert.<String>getAs(2)).isEqualTo(Topics.ALERTS);
        assertThat(text(alert, 1)).startsWith(text(score, 1).replace("}", "")).contains("\"alert\":true")
                .contains("\"reasons\":[{\"feature\":\"amount\",\"value\":9000.000,\"usual\":");
        assertThat(task.hasNext()).isFalse();
    }

    @Test
    void whatIsNoPaymentBecomesADeadLetterByteForByte() {
        Row letter = task("no payment").next();
        assertThat(letter.<String>getAs(2)).isEqualTo(Topics.DEAD_LETTERS);
        assertThat(text(letter, 1)).isEqualTo("no payment");
        assertThat(letter.<Row[]>getAs(3)).extracting(header -> header.getString(0) + "=" + text(header, 1))
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith("reason=not JSON"),
                        origin -> assertThat(origin).isEqualTo("origin=payments-1@17"));
    }

    private ScoringTask task(String... values) {
        Iterator<String> records = List.of(values).iterator();
        return new ScoringTask(models.toString(), new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public Row next() {
                taken++;
                return record(records.next());
            }
        });
    }

    private static Row record(String value) {
        Object[] columns = {bytes("1"), bytes(value), Topics.PAYMENTS, 1, 17L, Instant.now()};
        return new GenericRowWithSchema(columns, RECORD);
    }

    private static String text(Row row, int column) {
        return new String(row.<byte[]>getAs(column), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
