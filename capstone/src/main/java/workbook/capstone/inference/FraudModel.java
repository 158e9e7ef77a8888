package workbook.capstone.inference;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import workbook.kit.models.ScoringModel;

/**
 * A trained model, with its alert threshold, the profiles of customers and terminals, and the history before the
 * stream, which later profiles need while their windows reach back to it. It is stored as a folder, so that tasks on
 * any executor can load it.
 */
public final class FraudModel implements ScoringModel {

    private static final String MODEL_FILE = "model.tribuo";
    private static final String PROFILES_FILE = "profiles.ser";
    private static final String HISTORY_FILE = "history.ser.gz";
    private static final String CARD_FILE = "card.json";
    /** The number of reasons in an alert. */
    private static final int REASONS = 3;
    /** One payment in 200 raises an alert: as many as a small team can investigate. */
    private static final double ALERT_SHARE = 1 / 200.0;

    private static final List<String> SORTED_NAMES =
            Features.NAMES.stream().sorted().toList();

    private static final JsonMapper JSON = new JsonMapper();

    private final Classifier classifier;
    private final Profiles profiles;
    private final ProfileHistory history;
    private final Card card;

    private FraudModel(Classifier classifier, Profiles profiles, ProfileHistory history, Card card) {
        this.classifier = classifier;
        this.profiles = profiles;
        this.history = history;
        this.card = card;
    }

    /** Creates a model of a regression, with the profiles of this history. */
    static FraudModel of(Classifier classifier, ProfileHistory history, List<LabelledPayment> examples) {
        return new FraudModel(classifier, history.profiles(), history, card(classifier, examples));
    }

    /** Returns a model with another regression and the same profiles. */
    public FraudModel retrained(Classifier classifier, List<LabelledPayment> examples) {
        return new FraudModel(classifier, profiles, history, card(classifier, examples));
    }

    /** Returns this model with other profiles. */
    public FraudModel withProfiles(Profiles profiles) {
        return new FraudModel(classifier, profiles, history, card);
    }

    private static Card card(Classifier classifier, List<LabelledPayment> examples) {
        long frauds = examples.stream().filter(LabelledPayment::fraud).count();
        return new Card(examples.size(), frauds, threshold(classifier, examples), usual(examples));
    }

    private static double threshold(Classifier classifier, List<LabelledPayment> examples) {
        double[] scores = examples.stream()
                .mapToDouble(payment -> classifier.score(payment.features()))
                .sorted()
                .toArray();
        return scores[(int) (scores.length * (1 - ALERT_SHARE))];
    }

    private static List<Double> usual(List<LabelledPayment> examples) {
        return IntStream.range(0, Features.NAMES.size())
                .mapToObj(i -> examples.stream()
                        .mapToDouble(payment -> payment.features()[i])
                        .average()
                        .orElseThrow())
                .toList();
    }

    /**
     * The model card: facts about a trained model.
     *
     * @param examples number of payments in the training data
     * @param frauds number of frauds among them
     * @param threshold the lowest score that raises an alert
     * @param usual the mean of each feature in the training data, in the order of {@link Features#NAMES}
     */
    public record Card(long examples, long frauds, double threshold, List<Double> usual) {}

    /** Returns the probability that a payment with these {@link Features} is a fraud, from 0 to 1. */
    public double score(double[] features) {
        return classifier.score(features);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A feature that is not given counts as if it had its mean in the training data.
     */
    @Override
    public double score(Map<String, Double> features) {
        double[] values = new double[Features.NAMES.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    features.getOrDefault(Features.NAMES.get(i), card.usual().get(i));
        }
        if (Collections.disjoint(features.keySet(), Features.NAMES)
                || Arrays.stream(values).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("The model cannot score these features: " + features);
        }
        return score(values);
    }

    @Override
    public List<String> features() {
        return SORTED_NAMES;
    }

    /**
     * Returns the features that contribute most to the score, at most three, in descending order. A feature's
     * contribution is the decrease of the log-odds when its value is replaced by the usual one. For a linear model that
     * is exactly its share of the log-odds.
     */
    public List<Reason> reasons(double[] features) {
        double odds = logOdds(features);
        Map<Integer, Double> weights = new HashMap<>();
        for (int i = 0; i < features.length; i++) {
            double[] changed = features.clone();
            changed[i] = card.usual().get(i);
            weights.put(i, odds - logOdds(changed));
        }
        return weights.entrySet().stream()
                .filter(weight -> weight.getValue() > 0)
                .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
                .limit(REASONS)
                .map(weight -> new Reason(
                        Features.NAMES.get(weight.getKey()),
                        features[weight.getKey()],
                        card.usual().get(weight.getKey())))
                .toList();
    }

    private double logOdds(double[] features) {
        double score = classifier.score(features);
        return Math.log(score) - Math.log1p(-score);
    }

    @Override
    public boolean isAlert(double score) {
        return score >= card.threshold();
    }

    /** Returns the profiles of customers and terminals as of the night of the model's publication. */
    public Profiles profiles() {
        return profiles;
    }

    /** Returns the counters of the days before the stream, which are not in the lake. */
    public ProfileHistory history() {
        return history;
    }

    /** Returns the model card. */
    public Card card() {
        return card;
    }

    /** Writes the model into a folder, which is created. */
    public void save(Path folder) {
        try {
            Files.createDirectories(folder);
            classifier.save(folder.resolve(MODEL_FILE));
            JSON.writeValue(folder.resolve(CARD_FILE).toFile(), card);
            Serialized.write(profiles, Files.newOutputStream(folder.resolve(PROFILES_FILE)));
            Serialized.write(history, new GZIPOutputStream(Files.newOutputStream(folder.resolve(HISTORY_FILE))));
        } catch (IOException e) {
            throw new UncheckedIOException("The model could not be written to " + folder, e);
        }
    }

    /**
     * Reads a model that {@link #save} wrote.
     *
     * @throws UncheckedIOException if a file is missing or invalid; the message says which, and what to do
     */
    public static FraudModel load(Path folder) {
        Classifier classifier = read(folder.resolve(MODEL_FILE), Classifier::load);
        Card card = read(folder.resolve(CARD_FILE), file -> JSON.readValue(file, Card.class));
        Profiles profiles = read(folder.resolve(PROFILES_FILE), file -> Serialized.read(file, Profiles.class));
        ProfileHistory history = read(
                folder.resolve(HISTORY_FILE), file -> Serialized.read(new GZIPInputStream(file), ProfileHistory.class));
        return new FraudModel(classifier, profiles, history, card);
    }

    private interface Reading<T> {
        T from(InputStream file) throws IOException;
    }

    private static <T> T read(Path file, Reading<T> reading) {
        try (InputStream in = Files.newInputStream(file)) {
            return reading.from(in);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "is missing", e);
        } catch (IOException | RuntimeException e) { // Tribuo throws runtime exceptions for invalid files
            String reason = e.toString().lines().findFirst().orElseThrow();
            throw unreadable(file, "is damaged or not part of a model (" + reason + ")", e);
        }
    }

    private static UncheckedIOException unreadable(Path file, String state, Exception e) {
        return new UncheckedIOException(
                "The model in " + file.getParent() + " could not be read: its file " + file.getFileName() + " " + state
                        + ". Train a new one: ./jbang fraud train --home DIR writes it to DIR/models.",
                e instanceof IOException cause ? cause : new IOException(e));
    }
}
