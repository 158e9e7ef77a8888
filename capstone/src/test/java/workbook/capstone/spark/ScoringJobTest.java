package workbook.capstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.features.Coverage;
import workbook.capstone.features.EntityFeatures;
import workbook.capstone.features.EntityKey;
import workbook.capstone.features.SharedFeatureStore;
import workbook.capstone.format.AvroFormat;
import workbook.capstone.format.Format;
import workbook.capstone.format.JsonFormat;
import workbook.capstone.format.ScoredPayment;
import workbook.capstone.inference.ActiveModel;
import workbook.capstone.inference.Features;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.inference.Training;
import workbook.capstone.streaming.Topics;
import workbook.kit.Payment;
import workbook.kit.Simulator;
import workbook.kit.schemas.LocalRegistry;

class ScoringJobTest {

    private static final String STORE = "embedded:scoring-job-test";
    private static final List<EntityFeatures.Window> WINDOWS =
            Collections.nCopies(3, new EntityFeatures.Window(17, new BigDecimal("1.37")));
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path models;

    private static SparkSession spark;
    private static Payment payment;
    private final SharedFeatureStore store = SharedFeatureStore.of(STORE);

    @BeforeAll
    static void trainOnFewCustomers() {
        spark = Sessions.start(1);
        Simulator.Settings settings = Simulator.Settings.defaults().withCustomers(300);
        Simulator simulator = new Simulator(settings);
        new ModelRegistry(models).publish(Training.on(simulator, settings));
        payment = simulator.day(Training.HISTORY_DAYS).get(0).payment();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void aScoreContainsThePayment() {
        Row score = scored(payment.toJson()).get(0);
        assertThat(score.<String>getAs(2)).isEqualTo(Topics.SCORES);
        assertThat(text(score, 0)).isEqualTo(Long.toString(payment.id()));
        assertThat(text(score, 1)).startsWith(payment.toJson().replace("}", "")).contains("\"score\":0.");
    }

    @Test
    void aPaymentFarAboveTheCustomersMeanAlsoRaisesAnAlert() {
        String large = payment.toJson().replace("\"amount\":" + payment.amount(), "\"amount\":9000.00");
        List<Row> results = scored(large);
        assertThat(results).hasSize(2);
        Row score = results.get(0);
        Row alert = results.get(1);
        assertThat(alert.<String>getAs(2)).isEqualTo(Topics.ALERTS);
        assertThat(text(alert, 1))
                .startsWith(text(score, 1).replace("}", ""))
                .contains("\"alert\":true")
                .contains("\"reasons\":[{\"feature\":\"amount\",\"value\":9000.000,\"usual\":");
    }

    @Test
    void aScoreContainsTheFeaturesTheirSourceAndTheModel() throws IOException {
        assertThat(seen(score()))
                .containsExactly(Features.of(
                        payment, ActiveModel.of(models).get().model().profiles()));
        assertThat(score().get("lookup").textValue()).isEqualTo("nightly");
        assertThat(score().get("model").textValue()).isEqualTo("v1");
    }

    @Test
    void onceTheStoreCoversADayItsFeaturesAreUsed() throws IOException {
        Instant time = payment.time();
        store.store()
                .put(List.of(
                        new EntityFeatures(EntityKey.customer(payment.customer()), time.minusSeconds(60), 1, WINDOWS)));
        store.store().extendCoverage(new Coverage("query", time.minus(Duration.ofDays(2)), time));
        JsonNode score = score();
        assertThat(score.get("lookup").textValue()).isEqualTo("online");
        assertThat(seen(score)[Features.NAMES.indexOf("customer_count_1d")]).isEqualTo(17);
        assertThat(seen(score)[Features.NAMES.indexOf("customer_mean_1d")]).isEqualTo(1.37);
    }

    @Test
    void anUnreachableStoreDoesNotPreventScoring() throws IOException {
        try (SharedFeatureStore away = SharedFeatureStore.of("redis://127.0.0.1:1")) {
            JsonNode score = JSON.readTree(
                    text(scored("redis://127.0.0.1:1", payment.toJson()).get(0), 1));
            assertThat(score.get("lookup").textValue()).isEqualTo("fallback");
            assertThat(away.get(EntityKey.customer(1))).isEmpty();
        }
    }

    @Test
    void aRowOfTheLakeHasTheFieldsOfAScore() throws IOException {
        assertThat(score().fieldNames()).toIterable().containsExactly(ScoredPayment.SCHEMA.fieldNames());
    }

    @Test
    void aMalformedRecordBecomesADeadLetterByteForByte() {
        Row letter = scored("no payment").get(0);
        assertThat(letter.<String>getAs(2)).isEqualTo(Topics.DEAD_LETTERS);
        assertThat(text(letter, 1)).isEqualTo("no payment");
        assertThat(letter.<Row>getList(3))
                .extracting(header -> header.getString(0) + "=" + text(header, 1))
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith("reason=not JSON"),
                        origin -> assertThat(origin).isEqualTo("origin=payments-1@17"));
    }

    @Test
    void aDeadLetterThatIsSentAgainKeepsItsOriginAndItsAttempts() {
        Row letter = scored(
                        STORE,
                        "no payment",
                        header(Topics.ORIGIN, "payments-0@3"),
                        header(Topics.REASON, "an older reason"),
                        header(Topics.ATTEMPTS, "2"))
                .get(0);
        assertThat(letter.<Row>getList(3))
                .extracting(header -> header.getString(0) + "=" + text(header, 1))
                .contains("origin=payments-0@3", "attempts=2")
                .hasSize(3);
        Row score =
                scored(STORE, payment.toJson(), header(Topics.ATTEMPTS, "1")).get(0);
        assertThat(score.<Row>getList(3)).isEmpty();
    }

    @Test
    void aHeaderWithoutAValueIsIgnored() {
        Row letter = scored(
                        STORE,
                        "no payment",
                        RowFactory.create(Topics.ORIGIN, null),
                        RowFactory.create(Topics.ATTEMPTS, null))
                .get(0);
        assertThat(letter.<Row>getList(3))
                .extracting(header -> header.getString(0) + "=" + text(header, 1))
                .contains("origin=payments-1@17")
                .hasSize(2);
    }

    @Test
    void aScoreInAvroIsTheSameRowOfTheLake() {
        try (LocalRegistry registry = LocalRegistry.start()) {
            Format avro = AvroFormat.register(registry.url());
            byte[] evolved = avro.evolved().write(payment);
            Row old = scored(avro, STORE, avro.write(payment)).get(0);
            assertThat(text(old, 0)).isEqualTo(Long.toString(payment.id()));
            assertThat(rows(avro, old))
                    .isEqualTo(rows(JsonFormat.PLAIN, scored(payment.toJson()).get(0)))
                    .isEqualTo(rows(avro, scored(avro, STORE, evolved).get(0)));
        }
    }

    @Test
    void anUnreadableRecordBecomesADeadLetterInAvroToo() {
        try (LocalRegistry registry = LocalRegistry.start()) {
            Format avro = AvroFormat.register(registry.url());
            byte[] unknown = avro.write(payment);
            unknown[4] = 77;
            Row letter = scored(avro, STORE, unknown).get(0);
            assertThat(letter.<byte[]>getAs(1)).isEqualTo(unknown);
            assertThat(letter.<Row>getList(3))
                    .extracting(header -> header.getString(0) + "=" + text(header, 1))
                    .containsExactly("reason=unknown schema 77", "origin=payments-1@17");
        }
    }

    /** The lake's rows of a score, as text: they have arrays. */
    private static String rows(Format format, Row score) {
        Row record = RowFactory.create(score.<byte[]>getAs(1));
        return format.scores(
                        spark.createDataFrame(List.of(record), new StructType().add("value", DataTypes.BinaryType)))
                .collectAsList()
                .toString();
    }

    private JsonNode score() throws IOException {
        return JSON.readTree(text(scored(payment.toJson()).get(0), 1));
    }

    private static double[] seen(JsonNode score) {
        return StreamSupport.stream(score.get("features").spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    private static List<Row> scored(String value) {
        return scored(STORE, value);
    }

    private static List<Row> scored(String store, String value, Row... headers) {
        return scored(JsonFormat.PLAIN, store, bytes(value), headers);
    }

    private static List<Row> scored(Format format, String store, byte[] value, Row... headers) {
        Row record = RowFactory.create(bytes("1"), value, Topics.PAYMENTS, 1, 17L, Instant.now(), headers);
        return new ScoringJob("", format, "", models, store, Path.of(""))
                .scored(spark.createDataFrame(List.of(record), ScoringInput.RECORD))
                .collectAsList();
    }

    private static Row header(String key, String value) {
        return RowFactory.create(key, bytes(value));
    }

    private static String text(Row row, int column) {
        return new String(row.<byte[]>getAs(column), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
