package workbook.capstone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.inference.Features;
import workbook.capstone.inference.FraudModel;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.inference.RollingProfiles;
import workbook.capstone.inference.Training;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.Sessions;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;
import workbook.kit.spark.PaymentRow;

class RetrainingTest {

    private static final Simulator.Settings SIMULATION =
            Simulator.Settings.defaults().withCustomers(500);
    private static final int FIRST_DAY = Training.HISTORY_DAYS;
    private static final int DAYS = 12;
    private static final LocalDate LAST_DAY = SIMULATION.start().plusDays(FIRST_DAY + DAYS - 1);

    private static final StructType SILVER = PaymentRow.SCHEMA
            .add("score", DataTypes.DoubleType)
            .add("alert", DataTypes.BooleanType)
            .add("features", DataTypes.createArrayType(DataTypes.DoubleType));

    private static SparkSession spark;
    private static FraudModel first;
    private static List<SimulatedPayment> payments;
    /** The features of each payment at scoring time. */
    private static List<Double[]> features;

    @TempDir
    private Path folder;

    private ModelRegistry models;
    private Lake lake;

    @BeforeAll
    static void start() {
        spark = Sessions.start(1);
        Simulator simulator = new Simulator(SIMULATION);
        first = Training.on(simulator, SIMULATION);
        RollingProfiles profiles = new RollingProfiles();
        simulator.payments(0, FIRST_DAY).forEach(profiles::add);
        payments = simulator.payments(FIRST_DAY, FIRST_DAY + DAYS).toList();
        features = new ArrayList<>();
        for (SimulatedPayment payment : payments) {
            profiles.add(payment);
            features.add(Arrays.stream(Features.of(payment.payment(), profiles))
                    .boxed()
                    .toArray(Double[]::new));
        }
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @BeforeEach
    void aFirstModel() {
        models = new ModelRegistry(folder.resolve("models"));
        models.publish(first);
        lake = new Lake(folder.resolve("lake"));
    }

    @Test
    void aModelBetterThanTheLoggedScoresIsPublished() {
        Retraining.Result result = retrain(payments.size(), byChance());

        assertThat(result.trainedOn()).isEqualTo((int) (payments.size() * 0.75));
        assertThat(result.trainedOn() + result.evaluatedOn()).isEqualTo(payments.size());
        assertThat(result.candidate().averagePrecision())
                .isGreaterThan(result.active().averagePrecision());
        assertThat(result.model()).isPresent();

        assertThat(printed()).contains("\n  Published v2: the new regression, with the new profiles\n");
        assertThat(models.activeName()).contains("v2");
        assertThat(models.load("v2").card().examples()).isEqualTo(result.trainedOn());
        assertThat(models.load("v2").profiles().day()).isEqualTo(LAST_DAY);
    }

    @Test
    void aModelWorseThanTheLoggedScoresIsNotPublished() {
        Retraining.Result result = retrain(payments.size(), perfect());

        assertThat(result.active().averagePrecision()).isEqualTo(1);
        assertThat(result.model()).isEmpty();
    }

    @Test
    void profilesAreRebuiltEvenWithoutANewRegression() {
        retrain(payments.size(), perfect());

        assertThat(printed())
                .contains("Profiles rebuilt, as of " + LAST_DAY + "T00:00:00Z: ")
                .contains("\n  Published v1.1: the regression of v1, with the new profiles\n");
        assertThat(models.activeName()).contains("v1.1");
        assertThat(models.load("v1.1").card()).isEqualTo(first.card());
        assertThat(models.load("v1.1").profiles().day()).isEqualTo(LAST_DAY);
        assertThat(printed()).contains("\n  Published v1.2: the regression of v1.1, with the new profiles\n");
    }

    @Test
    void withTooFewFraudsThereIsNoNewModel() {
        assertThatThrownBy(() -> retrain(200, payment -> 0.1))
                .isInstanceOf(Retraining.TooFewFraudsException.class)
                .hasMessageMatching("Of 150 payments with known labels, only \\d+ are frauds, and 20 are needed\\. .*");
        assertThat(printed()).contains("No new regression. Of 150 payments").contains("  Published v1.1: ");
    }

    @Test
    void eachFraudOfARunningStreamIsReportedOnce() {
        write(200, payment -> 0.1);
        long first = payments.get(0).payment().id();
        long last = payments.get(199).payment().id();
        long later = payments.get(200).payment().id();
        Instant time = payments.get(0).payment().time();

        Chargebacks.report(spark, lake, Map.of(first, time, later, time));
        assertThat(reported()).containsExactly(first);
        Chargebacks.report(spark, lake, Map.of(first, time, last, time, later, time));
        Chargebacks.report(spark, lake, Map.of(first, time, last, time, later, time));
        assertThat(reported()).containsExactly(first, last);
    }

    private List<Long> reported() {
        return lake.read(spark, "chargebacks")
                .select("id")
                .orderBy("id")
                .as(Encoders.LONG())
                .collectAsList();
    }

    private Retraining.Result retrain(int count, ToDoubleFunction<SimulatedPayment> score) {
        write(count, score);
        Chargebacks.append(spark, lake.folder(), frauds());
        return Retraining.run(spark, lake, first, allKnown());
    }

    private Instant allKnown() {
        return new GoldTables(spark, lake.folder()).allKnown();
    }

    /** Returns what the nightly run prints. */
    private String printed() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            new NightlyRun(spark, lake, null, Engine.SPARK).updateModel(models, allKnown());
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static ToDoubleFunction<SimulatedPayment> byChance() {
        Random random = new Random(1);
        return payment -> random.nextDouble();
    }

    private static ToDoubleFunction<SimulatedPayment> perfect() {
        return payment -> payment.isFraud() ? 0.9 : 0.1;
    }

    private void write(int count, ToDoubleFunction<SimulatedPayment> score) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Payment payment = payments.get(i).payment();
            rows.add(RowFactory.create(
                    payment.id(),
                    payment.time(),
                    payment.customer(),
                    payment.terminal(),
                    payment.amount(),
                    score.applyAsDouble(payments.get(i)),
                    false,
                    features.get(i)));
        }
        spark.createDataFrame(rows, SILVER)
                .write()
                .format("delta")
                .save(lake.folder().resolve(Lake.SILVER).toString());
    }

    private static Map<Long, Instant> frauds() {
        return payments.stream()
                .filter(SimulatedPayment::isFraud)
                .collect(Collectors.toMap(
                        fraud -> fraud.payment().id(), fraud -> fraud.payment().time()));
    }
}
