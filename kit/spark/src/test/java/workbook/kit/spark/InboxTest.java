package workbook.kit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import workbook.kit.Fraud;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;

class InboxTest {

    @Test
    void aStreamReadsOneFilePerBatch() throws Exception {
        Inbox inbox = Inbox.create().deliver("customer name", "7 anna, 3 ben").deliver("customer name", "5 null");
        try (SparkSession spark = LocalSpark.start("inbox")) {
            assertThat(CollectedQuery.run(inbox.stream(spark, "customer INT, name STRING"), "append"))
                    .extracting(CollectedBatch::output)
                    .containsExactly("3 ben, 7 anna", "5 null");
        }
    }

    @Test
    void theRowsOfAllBatchesAreInTheOrderOfTheFiles() throws Exception {
        SimulatedPayment payment = new SimulatedPayment(
                new Payment(7, Instant.parse("2018-04-01T10:00:00Z"), 12, 345, new BigDecimal("9.90")), Fraud.NONE);
        Inbox inbox = Inbox.create()
                .deliverPayments(List.of(payment.times("2"), payment))
                .deliverPayments(List.of(payment.times("3")));
        try (SparkSession spark = LocalSpark.start("inbox")) {
            assertThat(CollectedQuery.rows(inbox.stream(spark, Payment.SCHEMA).select("amount"), "append"))
                    .extracting(CollectedBatch::text)
                    .containsExactly("19.80", "9.90", "29.70");
        }
    }

    @Test
    void everyFileIsNewerThanThePreviousOne() throws Exception {
        Inbox inbox =
                Inbox.create().deliver(List.of("a", "b")).deliver(List.of()).deliver(List.of("c"));
        try (var files = Files.list(Path.of(inbox.path()))) {
            List<Path> oldestFirst = files.sorted(
                            Comparator.comparing(file -> file.toFile().lastModified()))
                    .toList();
            assertThat(oldestFirst)
                    .extracting(Files::readAllLines)
                    .containsExactly(List.of("a", "b"), List.of(), List.of("c"));
            assertThat(oldestFirst)
                    .extracting(file -> file.toFile().lastModified())
                    .doesNotHaveDuplicates();
        }
    }
}
