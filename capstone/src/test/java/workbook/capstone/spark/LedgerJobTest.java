package workbook.capstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.format.JsonFormat;
import workbook.capstone.streaming.PaymentProducer;
import workbook.capstone.streaming.Replay;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;
import workbook.kit.spark.PaymentRow;

/** The chain of four bricks, with a real broker. */
class LedgerJobTest extends OnKafkaAndSpark {

    private static final Simulator SIMULATOR =
            new Simulator(Simulator.Settings.defaults().withCustomers(50));
    /** Well after the event times of malformed records. */
    private static final int FIRST_DAY = 50;

    private static final int LAST_DAY = 51;

    @TempDir
    Path folder;

    @Test
    void eachPaymentIsInTheLedgerOnceDespiteDuplicatesMalformedRecordsAndRestarts() throws Exception {
        LedgerJob job = new LedgerJob(
                kafka.bootstrapServers(),
                JsonFormat.PLAIN,
                "earliest",
                folder.resolve("ledger"),
                folder.resolve("rules"),
                folder.resolve("checkpoint"),
                BatchJob.AVAILABLE_NOW);
        assertThat(job.counts(spark)).isEqualTo(new LedgerJob.Counts(0, 0, 0));
        for (int day = FIRST_DAY; day <= LAST_DAY; day++) {
            send(SIMULATOR.day(day));
            send(SIMULATOR.day(day));
            job.start(spark).awaitTermination();
        }

        List<Row> booked = SIMULATOR
                .payments(FIRST_DAY, LAST_DAY + 1)
                .map(SimulatedPayment::payment)
                .map(LedgerJobTest::booked)
                .toList();
        assertThat(booked).hasSizeGreaterThan(100);
        Dataset<Row> ledger = spark.read()
                .parquet(job.folder().toString())
                .select("id", "time", "customer", "terminal", "amount", "country", "known");
        assertThat(ledger.where("time >= '2018-05-21'").collectAsList()).containsExactlyInAnyOrderElementsOf(booked);
        LedgerJob.Counts counts = job.counts(spark);
        assertThat(counts.rows())
                .isEqualTo(counts.payments())
                .as("ParsePayments accepts an amount sent as text")
                .isGreaterThan(booked.size());
        assertThat(counts.alerts())
                .as("one for each rule that a payment breaks")
                .isEqualTo(ledger.where("amount > 220").count()
                        + ledger.where("country IS NULL").count())
                .isPositive();
        assertThat(new Lake(job.rules()).count(spark, "payments")).isEqualTo(counts.rows());
    }

    /** Sends payments with a malformed record for every second one, including event times far in the future. */
    private static void send(List<SimulatedPayment> payments) {
        try (PaymentProducer producer = new PaymentProducer(kafka.bootstrapServers(), JsonFormat.PLAIN)) {
            new Replay(producer, payments.iterator(), 0.5, payment -> {}).run(1e9, Duration.ofMinutes(1), () -> true);
            producer.flush();
            assertThat(producer.malformed()).isGreaterThan(20);
        }
    }

    private static Row booked(Payment payment) {
        boolean isKnown = payment.terminal() % 50 != 0;
        String country = List.of("BE", "FR", "NL").get(payment.terminal() % 3);
        return PaymentRow.with(payment, isKnown ? country : null, isKnown);
    }
}
