package workbook.kit.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import workbook.kit.Fraud;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;

/** Small tables: from text, from payments, and into features. */
class SmallTableTest {

    private static SparkSession spark;

    @BeforeAll
    static void startSpark() {
        spark = LocalSpark.start("tables");
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    @Test
    void theTextHasTheTypesOfTheSchema() {
        Dataset<Row> table = SmallTable.of(spark, "of INT, at TIMESTAMP, value DOUBLE", "12 08:00 0.5, 7 null 1");
        assertThat(table.columns()).containsExactly("of", "at", "value");
        assertThat(table.sort("value").collectAsList())
                .extracting(row -> row.getInt(0), row -> row.getInstant(1), row -> row.getDouble(2))
                .containsExactly(tuple(12, Instant.parse("2018-04-01T08:00:00Z"), 0.5), tuple(7, null, 1.0));
    }

    @Test
    void aTableOfPaymentsHasTheirLabels() {
        Payment payment = new Payment(7, Instant.parse("2018-04-01T10:00:00Z"), 12, 345, new BigDecimal("9.90"));
        Dataset<Row> table = PaymentRow.table(
                spark,
                Stream.of(
                        new SimulatedPayment(payment, Fraud.NONE),
                        new SimulatedPayment(payment, Fraud.COMPROMISED_TERMINAL)));
        assertThat(table.drop("fraud").schema()).isEqualTo(PaymentRow.SCHEMA);
        assertThat(table.drop("fraud").distinct().collectAsList()).containsExactly(PaymentRow.of(payment));
        assertThat(table.where("fraud").count()).isEqualTo(1);
    }

    @Test
    void aFeatureThatIsNullIsMissing() {
        Dataset<Row> table = SmallTable.of(spark, "id BIGINT, mean DOUBLE, count DOUBLE", "1 2.5 3, 2 null 1");
        assertThat(FeatureMaps.byId(table))
                .isEqualTo(Map.of(1L, Map.of("mean", 2.5, "count", 3.0), 2L, Map.of("count", 1.0)));
    }
}
