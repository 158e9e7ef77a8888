package lesson07;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;
import workbook.kit.models.LogisticModel;
import workbook.kit.models.ModelFolder;
import workbook.kit.models.PublishedModels;
import workbook.kit.models.ScoringModel;

/** Wrong answers to {@link ScorePayments} that people really give. */
public final class ScorePaymentsMisconceptions {

    private ScorePaymentsMisconceptions() {}

    @Misconception(
            believed = "Loading the model in the function is fine: the JVM keeps what it has loaded.",
            really = "Nothing keeps it. The function runs for every row, and loads the model for every row. What is to"
                    + " be kept has to be kept by the program, outside the function.",
            concept = "Serving a model")
    public static class LoadsForEachPayment extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return each(payments, payment -> scored(payment, loaded(models)));
        }
    }

    @Misconception(
            believed = "mapPartitions loads the model once per executor.",
            really = "Once per task: for each partition of each batch. With four partitions and a batch a second that"
                    + " is four loads a second.",
            concept = "Serving a model")
    public static class LoadsInEachPartition extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            MapPartitionsFunction<Row, Row> score = rows -> {
                List<Row> scored = new ArrayList<>();
                if (rows.hasNext()) {
                    Named model = loaded(models);
                    rows.forEachRemaining(payment -> scored.add(scored(payment, model)));
                }
                return scored.iterator();
            };
            return payments.mapPartitions(score, Encoders.row(schema(payments.schema())));
        }
    }

    @Misconception(
            believed = "The model belongs to the query: load it when the query is built, and the function has it.",
            really = "A query is built once and runs for months. The function holds the model of that day, or none if"
                    + " there was none yet; a later one takes a restart.",
            concept = "Serving a model")
    public static class LoadsWhenTheQueryIsBuilt extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            Named model = IN_USE.currentOf(models);
            return each(payments, payment -> scored(payment, model));
        }
    }

    @Misconception(
            believed = "A static map with computeIfAbsent loads the model once per JVM. That is all there is to it.",
            really = "It never loads a second one: computeIfAbsent does nothing while there is a value. The key has to"
                    + " change with the model, or the value has to be replaced.",
            concept = "Serving a model")
    public static class NeverLooksAgain extends ScorePayments {

        private static final Map<PublishedModels, Named> MODELS = new ConcurrentHashMap<>();

        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return each(payments, payment -> scored(payment, MODELS.computeIfAbsent(models, any -> loaded(models))));
        }
    }

    @Misconception(
            believed = "The name identifies the model: a static map by name is enough.",
            really = "Two queries in one JVM may read different folders, and both have a v1. The second one scores with"
                    + " the model of the first. The key is the folder and the name.",
            concept = "Serving a model")
    public static class OneMapForAllFolders extends ScorePayments {

        private static final Map<String, Named> MODELS = new ConcurrentHashMap<>();

        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return each(
                    payments,
                    payment -> scored(
                            payment,
                            models.currentName()
                                    .map(name -> MODELS.computeIfAbsent(name, any -> named(models, name)))
                                    .orElse(null)));
        }
    }

    @Misconception(
            believed = "The folder with the highest number is the current model.",
            really = "It is the last one that somebody began to write. It may be incomplete, or withdrawn: a publisher"
                    + " that returns to an older model changes the name, not the folders. Only `current` says which"
                    + " model to use.",
            concept = "Serving a model")
    public static class TakesTheHighestNumber extends ScorePayments {

        private static final InUse NEWEST = new InUse() {
            @Override
            Optional<String> name(PublishedModels models) {
                String[] folders = ((ModelFolder) models).path().toFile().list((all, name) -> name.matches("v\\d+"));
                return Arrays.stream(folders).max(String::compareTo);
            }
        };

        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return each(payments, payment -> scored(payment, NEWEST.currentOf(models)));
        }
    }

    @Misconception(
            believed = "A model that cannot be loaded has to end the query: nobody should trust the scores.",
            really = "Then one bad file stops the scoring of every payment, and a restart fails again. The model before"
                    + " is as good as it was a minute ago: it stays until a good one is published. The column `model`"
                    + " tells which one scored.",
            concept = "Serving a model")
    public static class EndsTheQuery extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return each(payments, payment -> scored(payment, IN_USE.currentOf(models)));
        }
    }

    @Misconception(
            believed = "If the model cannot be loaded, keep the old one and try again with the next payment.",
            really = "The next payment is a millisecond later, and the file is the same. Each payment then waits for a"
                    + " load that fails. A published model does not change: a better one has another name.",
            concept = "Serving a model")
    public static class TriesAgainWithEachPayment extends ScorePayments {

        private static final InUse PATIENT = new InUse() {
            @Override
            synchronized Named currentOf(PublishedModels models) {
                try {
                    return super.currentOf(models);
                } catch (RuntimeException e) {
                    return known(models);
                }
            }
        };

        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return each(payments, payment -> scored(payment, PATIENT.currentOf(models)));
        }
    }

    @Misconception(
            believed = "A ConcurrentHashMap makes it thread-safe: look, and if the model is not there, load it.",
            really = "Each call of the map is atomic, the three together are not. Tasks that look at the same moment"
                    + " all find nothing, and all load. One has to load while the others wait.",
            concept = "Serving a model")
    public static class LoadsWithoutALock extends ScorePayments {

        private static final Map<PublishedModels, Named> MODELS = new ConcurrentHashMap<>();

        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return each(payments, payment -> scored(payment, current(models)));
        }

        private static Named current(PublishedModels models) {
            Named known = MODELS.get(models);
            Optional<String> name = models.currentName();
            if (name.isPresent() && (known == null || !known.name().equals(name.get()))) {
                known = named(models, name.get());
                MODELS.put(models, known);
            }
            return known;
        }
    }

    @Misconception(
            believed = "A missing value is a zero.",
            really = "Zero is a value: a customer who pays nothing. The model has learnt from it, and returns a score"
                    + " that looks like any other. A value that is not known has no score.",
            concept = "Nulls")
    public static class MissingValuesAreZero extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return withFeatures(payments, models, (payment, model) -> {
                Map<String, Double> features = features(payment, model);
                model.features().forEach(name -> features.putIfAbsent(name, 0.0));
                return features;
            });
        }
    }

    @Misconception(
            believed = "The model knows what to do without a feature: pass those that are there.",
            really = "Tribuo takes what it gets. A feature that is not passed has no part in the sum, as if it had its"
                    + " mean in the training data, and there is no error. With none at all it throws.",
            concept = "Serving a model")
    public static class LeavesMissingFeaturesOut extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return withFeatures(payments, models, ScorePaymentsMisconceptions::features);
        }
    }

    @Misconception(
            believed = "Check for null, and every value is a number.",
            really = "NaN is not null, and no number: isNullAt is false for it. Tribuo throws an exception for NaN,"
                    + " which ends the query; other models return NaN, and NaN is below every threshold.",
            concept = "Nulls")
    public static class ChecksForNullOnly extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return each(payments, payment -> {
                Named current = IN_USE.currentOf(models);
                boolean isKnown = current != null
                        && current.model().features().stream()
                                .map(Arrays.asList(payment.schema().fieldNames())::indexOf)
                                .noneMatch(i -> i < 0 || payment.isNullAt(i));
                return isKnown ? scored(payment, current, all(payment, current.model())) : scored(payment, current);
            });
        }
    }

    @Misconception(
            believed = "A payment without a feature is useless: drop it.",
            really = "It is a payment, and somebody will ask what became of it. A payment that cannot be scored is"
                    + " passed on with a reason.",
            concept = "Serving a model")
    public static class DropsPaymentsWithoutFeatures extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return super.scores(payments.na().drop(new String[] {"amount", "mean", "payments"}), models);
        }
    }

    @Misconception(
            believed = "The order of the features does not matter, as long as all of them are there.",
            really = "It matters wherever they are passed by position: the columns are in the order of the stream, the"
                    + " model's names in alphabetical order. Each value then gets the weight of another one, and the"
                    + " score looks like a score.",
            concept = "Serving a model")
    public static class FeaturesByPosition extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return withFeatures(payments, models, (payment, model) -> {
                List<Double> numbers = IntStream.range(1, payment.size()) // without the id
                        .filter(i -> payment.get(i) instanceof Number)
                        .mapToObj(i -> payment.<Number>getAs(i).doubleValue())
                        .toList();
                Map<String, Double> features = new TreeMap<>();
                for (int i = 0; i < Math.min(numbers.size(), model.features().size()); i++) {
                    features.put(model.features().get(i), numbers.get(i));
                }
                return features;
            });
        }
    }

    @Misconception(
            believed = "Names in Spark are not case-sensitive: `Mean` is the column `mean`.",
            really = "Spark's SQL ignores case, a model does not: it looks names up in a map. A feature that is spelt"
                    + " differently may be another feature. The two have to be the same, exactly.",
            concept = "Features and drift")
    public static class IgnoresTheCaseOfNames extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return each(payments, payment -> {
                Named current = IN_USE.currentOf(models);
                if (current == null) {
                    return scored(payment, null);
                }
                Map<String, Double> features = new HashMap<>();
                for (String name : current.model().features()) {
                    for (String column : payment.schema().fieldNames()) {
                        double value = column.equalsIgnoreCase(name) ? value(payment, column) : Double.NaN;
                        if (Double.isFinite(value)) {
                            features.put(name, value);
                        }
                    }
                }
                boolean isComplete =
                        features.size() == current.model().features().size();
                return isComplete ? scored(payment, current, features) : scored(payment, current);
            });
        }
    }

    @Misconception(
            believed = "A probability above a half is an alert.",
            really = "Where one payment in a hundred is a fraud, few scores reach a half. The threshold depends on how"
                    + " many alerts people can look at, and on the model: it is published with it.",
            concept = "Judging scores")
    public static class AlertsFromAHalf extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return withAlerts(payments, models, (model, score) -> score >= 0.5);
        }
    }

    @Misconception(
            believed = "The threshold has to be passed: an alert is a score above it.",
            really = "The threshold is the lowest score that is an alert. Scores repeat, for example those of equal"
                    + " payments, and all payments at the threshold would be missed. The model decides it: isAlert.",
            concept = "Judging scores")
    public static class AlertsAboveTheThreshold extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return withAlerts(payments, models, (model, score) -> score > ((LogisticModel) model).threshold());
        }
    }

    private static final InUse IN_USE = new InUse();

    /** The models in use: right as long as all can be loaded. */
    private static class InUse {

        private final Map<PublishedModels, ScorePayments.Named> known = new HashMap<>();

        Optional<String> name(PublishedModels models) {
            return models.currentName();
        }

        ScorePayments.Named known(PublishedModels models) {
            return known.get(models);
        }

        synchronized ScorePayments.Named currentOf(PublishedModels models) {
            ScorePayments.Named before = known(models);
            return name(models)
                    .map(name -> before != null && before.name().equals(name) ? before : replaced(models, name))
                    .orElse(before);
        }

        private ScorePayments.Named replaced(PublishedModels models, String name) {
            known.put(models, named(models, name));
            return known(models);
        }
    }

    private static ScorePayments.Named loaded(PublishedModels models) {
        return models.currentName().map(name -> named(models, name)).orElse(null);
    }

    private static ScorePayments.Named named(PublishedModels models, String name) {
        return new ScorePayments.Named(name, models.load(name));
    }

    private static Dataset<Row> each(Dataset<Row> payments, MapFunction<Row, Row> score) {
        return payments.map(score, Encoders.row(ScorePayments.schema(payments.schema())));
    }

    private interface FeaturesOf extends Serializable {
        Map<String, Double> of(Row payment, ScoringModel model);
    }

    private static Dataset<Row> withFeatures(Dataset<Row> payments, PublishedModels models, FeaturesOf features) {
        return each(payments, payment -> {
            ScorePayments.Named current = IN_USE.currentOf(models);
            return current == null
                    ? ScorePayments.scored(payment, null)
                    : ScorePayments.scored(payment, current, features.of(payment, current.model()));
        });
    }

    /** Those that have a value. */
    private static Map<String, Double> features(Row payment, ScoringModel model) {
        Map<String, Double> features = all(payment, model);
        features.values().removeIf(value -> !Double.isFinite(value));
        return features;
    }

    private static Map<String, Double> all(Row payment, ScoringModel model) {
        Map<String, Double> features = new TreeMap<>();
        model.features().forEach(name -> features.put(name, ScorePayments.value(payment, name)));
        return features;
    }

    private interface AlertOf extends Serializable {
        boolean of(ScoringModel model, double score);
    }

    private static Dataset<Row> withAlerts(Dataset<Row> payments, PublishedModels models, AlertOf alert) {
        return each(payments, payment -> {
            ScorePayments.Named current = IN_USE.currentOf(models);
            return ScorePayments.scored(
                    payment,
                    current == null
                            ? null
                            : new ScorePayments.Named(current.name(), new ScoringModel() {
                                @Override
                                public List<String> features() {
                                    return current.model().features();
                                }

                                @Override
                                public double score(Map<String, Double> features) {
                                    return current.model().score(features);
                                }

                                @Override
                                public boolean isAlert(double score) {
                                    return alert.of(current.model(), score);
                                }
                            }));
        });
    }
}
