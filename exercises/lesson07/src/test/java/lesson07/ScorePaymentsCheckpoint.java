package lesson07;

import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Scratch;
import workbook.kit.models.LabelledExample;
import workbook.kit.models.LogisticModel;
import workbook.kit.models.ModelFolder;
import workbook.kit.models.PublishedModels;
import workbook.kit.models.ScoringModel;

/** The features are amount, mean and payments, in columns of three types and in another order. */
@Checkpoint(ScorePayments.class)
class ScorePaymentsCheckpoint {

    private static final String SCHEMA = "id BIGINT, payments INT, amount DECIMAL(10,2), place STRING, mean DOUBLE";
    private static final String[] COLUMNS = {
        "id BIGINT",
        "payments INT",
        "amount DECIMAL(10,2)",
        "place STRING",
        "mean DOUBLE",
        "score DOUBLE",
        "alert BOOLEAN",
        "model STRING",
        "refused STRING"
    };

    private static final LogisticModel ONE = trained(1, Function.identity()).withThreshold(0.1);
    private static final LogisticModel TWO = trained(2, Function.identity());
    /** It needs a feature whose column has another name. */
    private static final LogisticModel MISSPELT = trained(1, name -> name.equals("mean") ? "Mean" : name);

    private static final ScriptRow COFFEE = payment(1, 3, "2.50", 20.0);
    private static final ScriptRow TICKET = payment(2, 1, "49.00", 20.0);
    private static final ScriptRow PHONE = payment(3, 9, "799.00", 35.5);

    private final Path folder = Scratch.folder("models-");
    private final ModelFolder models = new ModelFolder(folder);

    @Test
    @Order(1)
    void aPaymentKeepsItsColumnsAndGetsTheScoreOfTheModel(ScorePayments answer) {
        models.publish(ONE);
        ScriptRow refund = payment(4, 0, "-10.00", 0.0);
        ScriptRow unknown = row(null, 2, new BigDecimal("0.00"), null, -1.5);
        script().batch(COFFEE, TICKET, PHONE, refund, unknown, COFFEE)
                .emits(
                        scored(COFFEE, ONE, "v1"),
                        scored(TICKET, ONE, "v1"),
                        scored(PHONE, ONE, "v1"),
                        scored(refund, ONE, "v1"),
                        scored(unknown, ONE, "v1"),
                        scored(COFFEE, ONE, "v1"))
                .expects("loads", 1L, models::loads)
                .run(scores(answer));
    }

    /** Both folders have a model of the same name. */
    @Test
    @Order(2)
    void queriesWithDifferentModelsDoNotAffectEachOther(ScorePayments answer) {
        models.publish(ONE);
        ModelFolder others = new ModelFolder(Scratch.folder("others-"));
        others.publish(TWO);
        script().batch(COFFEE, PHONE)
                .emits(scored(COFFEE, ONE, "v1"), scored(PHONE, ONE, "v1"))
                .run(scores(answer));
        script().batch(COFFEE, PHONE)
                .emits(scored(COFFEE, TWO, "v1"), scored(PHONE, TWO, "v1"))
                .run(onSpark(payments -> answer.scores(payments, others)));
        script().batch(TICKET)
                .emits(scored(TICKET, ONE, "v1"))
                .run(onSpark(payments -> answer.scores(payments, new ModelFolder(folder))));
    }

    /** The first model raises an alert from the ticket's score on, the second only above the phone's. */
    @Test
    @Order(3)
    void anAlertIsAScoreFromTheModelsOwnThresholdOn(ScorePayments answer) {
        LogisticModel sensitive = ONE.withThreshold(score(ONE, TICKET));
        LogisticModel patient = ONE.withThreshold(Math.nextUp(score(ONE, PHONE)));
        models.publish(sensitive);
        script().batch(COFFEE, TICKET, PHONE)
                .emits(scored(COFFEE, sensitive, "v1"), scored(TICKET, sensitive, "v1"), scored(PHONE, sensitive, "v1"))
                .expects("then published", "v2", () -> models.publish(patient))
                .batch(TICKET, PHONE)
                .emits(scored(TICKET, patient, "v2"), scored(PHONE, patient, "v2"))
                .run(scores(answer));
    }

    @Test
    @Order(4)
    void aPaymentWithoutAFeatureIsRefusedAndTheOthersAreScored(ScorePayments answer) {
        models.publish(ONE);
        ScriptRow noAmount = row(4, 3, null, "shop", 20.0);
        ScriptRow noNumber = row(5, 3, new BigDecimal("2.50"), "shop", Double.NaN);
        ScriptRow infinite = row(6, 3, new BigDecimal("2.50"), "shop", Double.NEGATIVE_INFINITY);
        ScriptRow almostNothing = row(7, 3, null, "shop", Double.POSITIVE_INFINITY);
        ScriptRow nothing = row(8, null, null, null, null);
        script().batch(COFFEE, noAmount, noNumber, infinite, almostNothing, nothing, TICKET)
                .emits(
                        scored(COFFEE, ONE, "v1"),
                        refused(noAmount, "amount"),
                        refused(noNumber, "mean"),
                        refused(infinite, "mean"),
                        refused(almostNothing, "amount, mean"),
                        refused(nothing, "amount, mean, payments"),
                        scored(TICKET, ONE, "v1"))
                .run(scores(answer));
    }

    @Test
    @Order(5)
    void aFeatureWithoutAColumnHasNoValue(ScorePayments answer) {
        models.publish(MISSPELT);
        ScriptRow noAmount = row(4, 3, null, "shop", 20.0);
        script().batch(COFFEE, noAmount)
                .emits(refused(COFFEE, "Mean"), refused(noAmount, "Mean, amount"))
                .expects("then published", "v2", () -> models.publish(ONE))
                .batch(COFFEE)
                .emits(scored(COFFEE, ONE, "v2"))
                .run(scores(answer));
    }

    @Test
    @Order(6)
    void paymentsAreRefusedUntilTheFirstModelIsPublished(ScorePayments answer) {
        script().batch(COFFEE, PHONE)
                .emits(refused(COFFEE, "no model"), refused(PHONE, "no model"))
                .expects("loads", 0L, models::loads)
                .expects("then published", "v1", () -> models.publish(ONE))
                .batch(TICKET)
                .emits(scored(TICKET, ONE, "v1"))
                .expects("loads", 1L, models::loads)
                .run(scores(answer));
    }

    @Test
    @Order(7)
    void aModelScoresFromTheBatchAfterItsPublicationOn(ScorePayments answer) {
        models.publish(ONE);
        script().batch(COFFEE, PHONE)
                .emits(scored(COFFEE, ONE, "v1"), scored(PHONE, ONE, "v1"))
                .expects("then published", "v2", () -> models.publish(TWO))
                .batch(COFFEE, PHONE)
                .emits(scored(COFFEE, TWO, "v2"), scored(PHONE, TWO, "v2"))
                .expects("then current", "v1", () -> makeCurrent("v1"))
                .batch(COFFEE)
                .emits(scored(COFFEE, ONE, "v1"))
                .expects("loads, 3 at most", true, () -> models.loads() <= 3)
                .run(scores(answer));
    }

    /** Four tasks in each batch. */
    @Test
    @Order(8)
    void allTasksOfAllBatchesUseOneLoadedModel(ScorePayments answer) {
        models.publish(ONE);
        script().batch(COFFEE)
                .emits(scored(COFFEE, ONE, "v1"))
                .expects("loads", 1L, models::loads)
                .batch(COFFEE, TICKET, PHONE, COFFEE)
                .expects("loads", 1L, models::loads)
                .restart()
                .batch(TICKET)
                .emits(scored(TICKET, ONE, "v1"))
                .expects("loads", 1L, models::loads)
                .run(onSpark(payments -> answer.scores(payments.repartition(4), models)));
    }

    @Test
    @Order(9)
    void tasksAtTheSameMomentLoadAModelOnceAndScoreTheirOwnPayments(ScorePayments answer) {
        models.publish(ONE);
        SlowModels slow = new SlowModels(models);
        script().batch(COFFEE, TICKET, PHONE, COFFEE)
                .emits(
                        scored(COFFEE, ONE, "v1"),
                        scored(TICKET, ONE, "v1"),
                        scored(PHONE, ONE, "v1"),
                        scored(COFFEE, ONE, "v1"))
                .expects("loads", 1L, models::loads)
                .run(onSpark(payments -> answer.scores(payments.repartition(4), slow)));
    }

    /** Whoever publishes writes v2 and v3 first, and a crash prevents that one of them becomes current. */
    @Test
    @Order(10)
    void aModelThatIsNotCurrentIsNotUsed(ScorePayments answer) {
        models.publish(ONE);
        script().batch(COFFEE)
                .emits(scored(COFFEE, ONE, "v1"))
                .expects("then a part is written", "v2", () -> writePart("v2"))
                .batch(PHONE)
                .emits(scored(PHONE, ONE, "v1"))
                .expects("then all is written", "v3", () -> write("v3"))
                .batch(TICKET)
                .emits(scored(TICKET, ONE, "v1"))
                .expects("loads", 1L, models::loads)
                .run(scores(answer));
    }

    @Test
    @Order(11)
    void aModelThatCannotBeLoadedIsNotUsedAndNotTriedAgain(ScorePayments answer) {
        models.publish(ONE);
        script().batch(COFFEE)
                .emits(scored(COFFEE, ONE, "v1"))
                .expects("then a part is written", "v2", () -> writePart("v2"))
                .expects("then current", "v2", () -> makeCurrent("v2"))
                .batch(PHONE, TICKET)
                .emits(scored(PHONE, ONE, "v1"), scored(TICKET, ONE, "v1"))
                .batch(COFFEE)
                .emits(scored(COFFEE, ONE, "v1"))
                .expects("loads", 2L, models::loads)
                .expects("then published", "v3", () -> models.publish(TWO))
                .batch(PHONE)
                .emits(scored(PHONE, TWO, "v3"))
                .expects("loads", 3L, models::loads)
                .run(scores(answer));
    }

    @Test
    @Order(12)
    void aRepairedModelIsUsedWhenItBecomesCurrentAgain(ScorePayments answer) {
        models.publish(ONE);
        script().batch(COFFEE)
                .emits(scored(COFFEE, ONE, "v1"))
                .expects("then a part is written", "v2", () -> writePart("v2"))
                .expects("then current", "v2", () -> makeCurrent("v2"))
                .batch(PHONE)
                .emits(scored(PHONE, ONE, "v1"))
                .expects("then current", "v1", () -> makeCurrent("v1"))
                .batch(TICKET)
                .emits(scored(TICKET, ONE, "v1"))
                .expects("then all is written", "v2", () -> write("v2"))
                .expects("then current", "v2", () -> makeCurrent("v2"))
                .batch(PHONE)
                .emits(scored(PHONE, TWO, "v2"))
                .run(scores(answer));
    }

    @Test
    @Order(13)
    void aNameThatCannotBeReadChangesNothing(ScorePayments answer) {
        models.publish(ONE);
        script().batch(COFFEE)
                .emits(scored(COFFEE, ONE, "v1"))
                .expects("then current", "a folder", this::makeCurrentAFolder)
                .batch(PHONE)
                .emits(scored(PHONE, ONE, "v1"))
                .expects("then current", "missing", this::deleteCurrent)
                .batch(PHONE)
                .emits(scored(PHONE, ONE, "v1"))
                .expects("then published", "v2", () -> models.publish(TWO))
                .batch(PHONE)
                .emits(scored(PHONE, TWO, "v2"))
                .run(scores(answer));
    }

    @Test
    @Order(14)
    void withoutALoadableModelPaymentsAreRefused(ScorePayments answer) {
        writePart("v1");
        makeCurrent("v1");
        script().batch(COFFEE)
                .emits(refused(COFFEE, "no model"))
                .batch(PHONE)
                .emits(refused(PHONE, "no model"))
                .expects("loads", 1L, models::loads)
                .run(scores(answer));
    }

    @Test
    @Order(15)
    void theColumnsMayBeInAnyOrder(ScorePayments answer) {
        models.publish(ONE);
        script().batch(COFFEE, PHONE)
                .emits(scored(COFFEE, ONE, "v1"), scored(PHONE, ONE, "v1"))
                .run(onSpark(payments -> answer.scores(
                                payments.select("amount", "payments", "mean", "place", "id"), models)
                        .select("id", "payments", "amount", "place", "mean", "score", "alert", "model", "refused")));
    }

    @Test
    @Order(16)
    void randomPaymentsGetTheScoresOfALoop(ScorePayments answer) {
        LogisticModel model = ONE.withThreshold(0.5);
        models.publish(model);
        RandomScript.of(SCHEMA)
                .columns(COLUMNS)
                .batches(
                        2,
                        100,
                        RandomRows.of(SCHEMA)
                                .near("amount", "49.00")
                                .between("mean", -1_000, 1_000)
                                .between("payments", -10, 100))
                .run(
                        scores(answer),
                        payments -> payments.stream()
                                .map(payment -> expected(payment, model))
                                .toList());
    }

    private RunnableAnswer scores(ScorePayments answer) {
        return onSpark(payments -> answer.scores(payments.coalesce(1), models));
    }

    private static Script script() {
        return Script.of(SCHEMA).columns(COLUMNS);
    }

    private static ScriptRow payment(long id, int payments, String amount, double mean) {
        return row(id, payments, new BigDecimal(amount), "shop", mean);
    }

    private static double score(LogisticModel model, ScriptRow payment) {
        return model.score(
                Map.of("payments", number(payment, 1), "amount", number(payment, 2), "mean", number(payment, 4)));
    }

    private static Double number(ScriptRow payment, int column) {
        return ((Number) payment.get(column)).doubleValue();
    }

    private static ScriptRow scored(ScriptRow payment, LogisticModel model, String name) {
        double score = score(model, payment);
        return with(payment, score, score >= model.threshold(), name, null);
    }

    private static ScriptRow refused(ScriptRow payment, String reason) {
        return with(payment, null, null, null, reason);
    }

    private static ScriptRow with(ScriptRow payment, Object... more) {
        return row(Stream.concat(IntStream.range(0, 5).mapToObj(payment::get), Stream.of(more))
                .toArray());
    }

    private static ScriptRow expected(ScriptRow payment, LogisticModel model) {
        Map<String, Object> values = new TreeMap<>(); // in alphabetical order
        values.put("amount", Objects.requireNonNullElse(payment.get(2), Double.NaN));
        values.put("mean", Objects.requireNonNullElse(payment.get(4), Double.NaN));
        values.put("payments", Objects.requireNonNullElse(payment.get(1), Double.NaN));
        List<String> missing = new ArrayList<>();
        values.forEach((name, value) -> {
            if (!Double.isFinite(((Number) value).doubleValue())) {
                missing.add(name);
            }
        });
        return missing.isEmpty() ? scored(payment, model, "v1") : refused(payment, String.join(", ", missing));
    }

    private String makeCurrent(String name) {
        models.makeCurrent(name);
        return name;
    }

    private String write(String name) {
        TWO.save(folder.resolve(name));
        return name;
    }

    /** Writes a model whose file ends in the middle. */
    private String writePart(String name) {
        write(name);
        return onFiles(() -> {
            Path file = folder.resolve(name).resolve("model.tribuo");
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            return name;
        });
    }

    private String makeCurrentAFolder() {
        return onFiles(() -> {
            Files.delete(folder.resolve("current"));
            Files.createDirectory(folder.resolve("current"));
            return "a folder";
        });
    }

    private String deleteCurrent() {
        return onFiles(() -> {
            Files.delete(folder.resolve("current"));
            return "missing";
        });
    }

    private interface OnFiles {
        String call() throws IOException;
    }

    private static String onFiles(OnFiles change) {
        try {
            return change.call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whose calls take until another task makes one, too, or half a second. Equal if the models are. */
    private record SlowModels(ModelFolder models) implements PublishedModels {

        private static final Map<ModelFolder, Exchanger<Boolean>> CALLS = new ConcurrentHashMap<>();

        @Override
        public Optional<String> currentName() {
            return models.currentName();
        }

        @Override
        public ScoringModel load(String name) {
            awaitAnother();
            ScoringModel model = models.load(name);
            return new ScoringModel() {
                @Override
                public List<String> features() {
                    return model.features();
                }

                @Override
                public double score(Map<String, Double> features) {
                    awaitAnother();
                    return model.score(features);
                }

                @Override
                public boolean isAlert(double score) {
                    return model.isAlert(score);
                }
            };
        }

        private void awaitAnother() {
            try {
                CALLS.computeIfAbsent(models, any -> new Exchanger<>()).exchange(true, 500, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // No other task makes a call now.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Frauds are more frequent among larger amounts; the seed decides which they are. */
    private static LogisticModel trained(long seed, Function<String, String> names) {
        Random random = new Random(seed);
        List<LabelledExample> examples = Stream.generate(() -> {
                    double amount = 100 * Math.abs(random.nextGaussian());
                    double mean = 20 + 10 * random.nextGaussian();
                    double payments = random.nextInt(10);
                    boolean fraud = random.nextDouble() < amount / 400 + payments / 50;
                    return new LabelledExample(
                            Map.of(
                                    names.apply("amount"), amount,
                                    names.apply("mean"), mean,
                                    names.apply("payments"), payments),
                            fraud);
                })
                .limit(500)
                .toList();
        return LogisticModel.train(examples, 0.1, seed);
    }
}
