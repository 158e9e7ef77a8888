package workbook.capstone.batch;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.Sessions;
import workbook.capstone.streaming.CustomerVersion;
import workbook.kit.spark.PaymentRow;

class GoldTablesTest {

    @TempDir
    static Path lake;

    private static SparkSession spark;

    /** Two hours of one day, an hour of the next. Customer 3 has left, customer 5 has never paid. */
    @BeforeAll
    static void aLake() {
        spark = Sessions.start(1);
        List<Row> scored = List.of(
                scored(1, "2018-05-01T09:10:00Z", 7, "10.00", 0.9, true),
                scored(2, "2018-05-01T09:50:00Z", 7, "20.00", 0.1, false),
                scored(3, "2018-05-01T10:00:00Z", 8, "0.50", 0.2, false),
                scored(4, "2018-05-02T10:00:00Z", 8, "5.00", 0.8, true));
        spark.createDataFrame(
                        scored,
                        PaymentRow.SCHEMA.add("score", DataTypes.DoubleType).add("alert", DataTypes.BooleanType))
                .write()
                .format("delta")
                .save(lake.resolve(Lake.SILVER).toString());
        spark.createDataFrame(
                        List.of(
                                customer(1, "BE", false),
                                customer(2, "FR", false),
                                customer(3, "NL", true),
                                customer(4, "NL", null),
                                customer(5, "BE", false)),
                        StructType.fromDDL(CustomerVersion.SCHEMA))
                .write()
                .format("delta")
                .save(lake.resolve(Lake.CUSTOMERS).toString());
        Chargebacks.append(
                spark,
                lake,
                Map.of(1L, Instant.parse("2018-05-01T09:10:00Z"), 4L, Instant.parse("2018-05-02T10:00:00Z")));
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void aWeekLaterAllLabelsAreKnown() {
        GoldTables job = new GoldTables(spark, lake);
        assertThat(job.allKnown()).isEqualTo("2018-05-09T10:00:00Z");
        assertThat(job.run(job.allKnown()))
                .isEqualTo(new GoldTables.Result(
                        3,
                        amount("35.50"),
                        4,
                        2,
                        2,
                        new Quality(1, 1, 0.01),
                        1,
                        new GoldTables.ScoreDrift(0, 0),
                        new TreeMap<>(Map.of("none", 1L, "regular", 2L, "top", 1L))));

        assertThat(gold("hourly_revenue"))
                .containsExactly(
                        RowFactory.create(Instant.parse("2018-05-01T09:00:00Z"), 2L, amount("30.00"), 1L),
                        RowFactory.create(Instant.parse("2018-05-01T10:00:00Z"), 1L, amount("0.50"), 0L),
                        RowFactory.create(Instant.parse("2018-05-02T10:00:00Z"), 1L, amount("5.00"), 1L));
        assertThat(gold("terminal_risk"))
                .containsExactly(RowFactory.create(7, 2L, 1L, 0.5), RowFactory.create(8, 2L, 1L, 0.5));
        assertThat(gold("model_quality"))
                .as("the second day is not over yet")
                .containsExactly(RowFactory.create(LocalDate.of(2018, 5, 1), 3L, 1L, 1.0, 1.0, 0.01));
        assertThat(gold("score_drift"))
                .as("too few payments")
                .containsExactly(
                        RowFactory.create(LocalDate.of(2018, 5, 1), 3L, null, null),
                        RowFactory.create(LocalDate.of(2018, 5, 2), 1L, null, null));
    }

    @Test
    void segmentsAreThoseOfTheCustomersWhoHaveNotLeft() {
        GoldTables job = new GoldTables(spark, lake);
        assertThat(job.run(job.allKnown()).customers()).isEqualTo("4 customers: none 1, regular 2, top 1");
        assertThat(gold("customer_segments"))
                .containsExactly(
                        RowFactory.create(1, "BE", 7, 1L, amount("10.00"), "regular"),
                        RowFactory.create(2, "FR", 7, 1L, amount("20.00"), "top"),
                        RowFactory.create(4, "NL", 6, 1L, amount("5.00"), "regular"),
                        RowFactory.create(5, "BE", null, 0L, amount("0.00"), "none"));
    }

    @Test
    void segmentsAreAsOfTheLastDayThatIsOver() {
        new GoldTables(spark, lake).run(Instant.parse("2018-05-02T23:59:59Z"));
        assertThat(gold("customer_segments"))
                .as("customer 4 has paid on the next day only")
                .containsExactly(
                        RowFactory.create(1, "BE", 0, 1L, amount("10.00"), "regular"),
                        RowFactory.create(2, "FR", 0, 1L, amount("20.00"), "top"),
                        RowFactory.create(4, "NL", null, 0L, amount("0.00"), "none"),
                        RowFactory.create(5, "BE", null, 0L, amount("0.00"), "none"));
    }

    /** Three days with a thousand payments each. On the third, every score is a tenth higher. */
    @Test
    void aDayWhoseScoresHaveMovedIsMarked(@TempDir Path folder) {
        spark.range(3_000)
                .selectExpr(
                        "id",
                        "timestamp'2018-05-01T00:00:00Z' + make_interval(0, 0, 0, CAST(id DIV 1000 AS INT)) AS time",
                        "CAST(id AS INT) AS customer",
                        "1 AS terminal",
                        "CAST(1 AS DECIMAL(10,2)) AS amount",
                        "id % 1000 / 2000 + IF(id < 2000, 0, 0.1) AS score",
                        "false AS alert")
                .write()
                .format("delta")
                .save(folder.resolve(Lake.SILVER).toString());
        Chargebacks.append(spark, folder, Map.of(1L, Instant.parse("2018-05-01T00:00:00Z")));
        GoldTables job = new GoldTables(spark, folder);
        GoldTables.Result found = job.run(job.allKnown());
        assertThat(found.drift()).isEqualTo(new GoldTables.ScoreDrift(3, 1));
        List<Row> days = gold(folder, "score_drift");
        assertThat(days).extracting(day -> day.getBoolean(3)).containsExactly(false, false, true);
        assertThat(days.get(1).getDouble(2)).isZero();
        assertThat(gold(folder, "customer_segments"))
                .as("the lake has no customers")
                .isEmpty();
        assertThat(found.customers()).isEqualTo("0 customers");
    }

    @Test
    void paymentsOfTheLastWeekHaveNoLabel() {
        GoldTables.Result found = new GoldTables(spark, lake).run(Instant.parse("2018-05-08T09:30:00Z"));
        assertThat(found.hours()).isEqualTo(3);
        assertThat(found.labelled()).isEqualTo(1);
        assertThat(gold("terminal_risk")).containsExactly(RowFactory.create(7, 1L, 1L, 1.0));
    }

    @Test
    void runningItAgainChangesNothing() {
        GoldTables job = new GoldTables(spark, lake);
        job.run(job.allKnown());
        List<Row> first = gold("hourly_revenue");
        Chargebacks.append(spark, lake, Map.of(1L, Instant.parse("2018-05-01T09:10:00Z")));
        job.run(job.allKnown());
        assertThat(gold("hourly_revenue")).isEqualTo(first);
        assertThat(gold("terminal_risk"))
                .containsExactly(RowFactory.create(7, 2L, 1L, 0.5), RowFactory.create(8, 2L, 1L, 0.5));
    }

    @Test
    void theRevenueIsThatOfTheJob() {
        GoldTables job = new GoldTables(
                spark, lake, payments -> Engine.SPARK.revenue(payments).withColumn("revenue", expr("revenue + 1")));
        assertThat(job.run(job.allKnown()).revenue())
                .as("each of three hours has one terminal")
                .isEqualByComparingTo("38.50");
    }

    @Test
    void ifTheRevenueFailsTheTablesAreAsTheyWere() throws IOException {
        List<Path> before = goldFiles();
        GoldTables job = new GoldTables(spark, lake, payments -> {
            throw new IllegalStateException("no engine");
        });
        assertThatThrownBy(() -> job.run(job.allKnown())).hasMessage("no engine");
        assertThat(goldFiles()).isEqualTo(before);
    }

    /** The files of all gold tables. */
    private static List<Path> goldFiles() throws IOException {
        try (Stream<Path> files = Files.walk(lake)) {
            return files.filter(file -> file.startsWith(lake.resolve("gold")))
                    .sorted()
                    .toList();
        }
    }

    private static List<Row> gold(String table) {
        return gold(lake, table);
    }

    private static List<Row> gold(Path folder, String table) {
        return spark.read()
                .format("delta")
                .load(folder.resolve("gold").resolve(table).toString())
                .collectAsList();
    }

    private static Row scored(long id, String time, int terminal, String amount, double score, boolean alert) {
        return RowFactory.create(id, Instant.parse(time), (int) id, terminal, amount(amount), score, alert);
    }

    private static Row customer(int customer, String country, Boolean gone) {
        return RowFactory.create(customer, 1L, Instant.parse("2018-04-01T00:00:00Z"), country, gone);
    }

    private static BigDecimal amount(String amount) {
        return new BigDecimal(amount);
    }
}
