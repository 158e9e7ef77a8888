package workbook.capstone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import workbook.capstone.spark.Sessions;
import workbook.kit.spark.PaymentRow;

/** Each engine, run as the nightly job runs it, sums the revenue that a loop sums. {@code .ci/fraud-test} runs it. */
class RevenueEnginesIT {

    /**
     * In the order of arrival. Some payments are hours late, and the newest one comes first; there is an hour without
     * payments, a refund, two equal rows, and a terminal that is unknown.
     */
    private static final List<Row> PAYMENTS = List.of(
            payment(1L, "2018-05-02T00:00:00Z", 7, "1.00"),
            payment(2L, "2018-05-01T09:10:00Z", 7, "0.10"),
            payment(3L, "2018-05-01T09:59:59.999Z", 7, "0.20"),
            payment(4L, "2018-05-01T12:30:00Z", 8, "99999999.99"),
            payment(5L, "2018-05-01T12:00:00Z", 8, "99999999.99"),
            payment(6L, "2018-05-01T10:00:00Z", 7, "4.00"),
            payment(7L, "2018-05-01T10:20:00Z", 7, "-4.00"),
            payment(8L, "2018-05-01T09:30:00Z", null, "2.50"),
            payment(9L, "2018-05-01T09:40:00Z", 9, "3.00"),
            payment(9L, "2018-05-01T09:40:00Z", 9, "3.00"));

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = Sessions.start(1);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @ParameterizedTest
    @EnumSource
    void everyEngineSumsWhatALoopSums(Engine engine) {
        assertThat(engine.revenue(payments())
                        .select("hour", "terminal", "revenue")
                        .collectAsList())
                .containsExactlyInAnyOrderElementsOf(sums());
    }

    @Test
    void aProgramThatFailsIsNamed() {
        assertThatThrownBy(() -> new RevenueOnEngine("OnNothing").revenue(payments()))
                .hasMessageStartingWith("capstone/engines/OnNothing.java has failed, for the reason above.");
    }

    private static Dataset<Row> payments() {
        return spark.createDataFrame(PAYMENTS, PaymentRow.SCHEMA);
    }

    private static List<Row> sums() {
        record HourAndTerminal(Instant hour, Integer terminal) {}
        Map<HourAndTerminal, BigDecimal> revenue = new HashMap<>();
        for (Row payment : PAYMENTS) {
            Instant hour = payment.getInstant(1).truncatedTo(ChronoUnit.HOURS);
            revenue.merge(new HourAndTerminal(hour, payment.getAs(3)), payment.getDecimal(4), BigDecimal::add);
        }
        return revenue.entrySet().stream()
                .map(sum -> RowFactory.create(sum.getKey().hour(), sum.getKey().terminal(), sum.getValue()))
                .toList();
    }

    private static Row payment(Long id, String time, Integer terminal, String amount) {
        return RowFactory.create(id, Instant.parse(time), 10, terminal, new BigDecimal(amount));
    }
}
