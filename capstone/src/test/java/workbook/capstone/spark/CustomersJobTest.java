package workbook.capstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.format.JsonFormat;
import workbook.capstone.streaming.CustomerRegister;
import workbook.capstone.streaming.CustomerVersion;
import workbook.capstone.streaming.PaymentProducer;
import workbook.kit.Simulator;

/** The master data of sixty customers, with a real broker. */
class CustomersJobTest extends OnKafkaAndSpark {

    private static final Simulator.Settings SIMULATION =
            Simulator.Settings.defaults().withCustomers(60);

    @TempDir
    Path folder;

    @Test
    void theTableHasTheNewestVersionOfEachCustomerWhateverIsReadAgain() throws Exception {
        try (PaymentProducer producer = new PaymentProducer(kafka.bootstrapServers(), JsonFormat.PLAIN)) {
            producer.send(new CustomerVersion(7_000, 1, Instant.EPOCH, "\"", false)); // not JSON: skipped
            CustomerRegister register = new CustomerRegister(producer, SIMULATION);
            register.sendFirstVersions();
            run("first", producer);
            assertThat(customers()).hasSize(60).startsWith(row(0, 1, "BE", false), row(1, 1, "FR", false));

            sendChanges(register, 2); // customer 0 moves and leaves
            run("first", producer);
            assertThat(customers()).hasSize(60).startsWith(row(0, 3, "FR", true), row(1, 1, "FR", false));

            sendChanges(register, 1_000);
            run("first", producer);
            assertThat(producer.customers()).isEqualTo(1 + 60 + 6 + 2);
            List<Row> newest = customers();
            assertThat(newest).filteredOn(row -> row.getBoolean(4)).containsExactly(newest.get(0), newest.get(50));
            assertThat(newest).filteredOn(row -> row.getLong(1) == 2).hasSize(4).contains(row(10, 2, "NL", false));

            run("second", producer); // a query without a checkpoint reads all versions again
            assertThat(customers()).isEqualTo(newest);

            new CustomerRegister(producer, SIMULATION).sendFirstVersions(); // the register starts again
            run("first", producer);
            assertThat(customers()).isEqualTo(newest);
        }
    }

    private static void sendChanges(CustomerRegister register, int changes) {
        for (int payment = 0; payment < 100 * changes; payment++) {
            register.countPayment();
        }
    }

    private void run(String query, PaymentProducer producer) throws Exception {
        producer.flush();
        producer.throwIfFailed();
        new CustomersJob(
                        kafka.bootstrapServers(),
                        new Lake(folder.resolve("lake")),
                        folder.resolve(query),
                        BatchJob.AVAILABLE_NOW)
                .start(spark)
                .awaitTermination();
    }

    private List<Row> customers() {
        return new Lake(folder.resolve("lake"))
                .read(spark, Lake.CUSTOMERS)
                .orderBy("customer")
                .collectAsList();
    }

    private static Row row(int customer, long version, String country, boolean gone) {
        Instant time = Instant.parse("2018-04-01T00:00:00Z").plusSeconds((version - 1) * 7 * 24 * 60 * 60);
        return RowFactory.create(customer, version, time, country, gone);
    }
}
