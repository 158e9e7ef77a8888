package workbook.capstone.inference;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A trained model, with the profiles it looks payments up in and the score from which on it raises an alert, and the
 * history before the stream, which profiles need as long as their windows reach back to it. It is a folder on disk, so
 * that tasks on any executor can load it.
 */
public final class FraudModel {

    private static final String MODEL_FILE = "model.tribuo";
    private static final String PROFILES_FILE = "profiles.ser";
    private static final String HISTORY_FILE = "history.ser.gz";
    private static final String CARD_FILE = "card.json";
    /** More than a person takes in at a glance. */
    private static final int REASONS = 3;
    /** One payment in 200 raises an alert: what a small team can look at. */
    private static final double ALERT_SHARE = 1 / 200.0;

    private static final JsonMapper JSON = new JsonMapper();

    private final Regression regression;
    private final Profiles profiles;
    private final ProfileHistory history;
    private final Card card;

    private FraudModel(Regression regression, Profiles profiles, ProfileHistory history, Card card) {
        this.regression = regression;
        this.profiles = profiles;
        this.history = history;
        this.card = card;
    }

    /** What a regression has learnt from these payments, to be looked up in what this history knows. */
    static FraudModel of(Regression regression, ProfileHistory history, List<LabelledPayment> examples) {
        return new FraudModel(regression, history.profiles(), history, card(regression, examples));
    }

    /** A model that has learnt from other payments, and looks them up where this one does. */
    public FraudModel retrained(Regression regression, List<LabelledPayment> examples) {
        return new FraudModel(regression, profiles, history, card(regression, examples));
    }

    /** This model, looking payments up in other profiles. */
    public FraudModel withProfiles(Profiles profiles) {
        return new FraudModel(regression, profiles, history, card);
    }

    private static Card card(Regression regression, List<LabelledPayment> examples) {
        long frauds = examples.stream().filter(LabelledPayment::fraud).count();
        return new Card(examples.size(), frauds, threshold(regression, examples), usual(examples));
    }

    private static double threshold(Regression regression, List<LabelledPayment> examples) {
        double[] scores = examples.stream()
                .mapToDouble(payment -> regression.score(payment.features()))
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
     * What there is to know about a model.
     *
     * @param examples how many payments it was trained on
     * @param frauds how many of them were frauds
     * @param threshold the score from which on a payment raises an alert
     * @param usual the mean of each feature among those payments, in the order of {@link Features#NAMES}
     */
    public record Card(long examples, long frauds, double threshold, List<Double> usual) {}

    /** The probability that a payment with these {@link Features} is a fraud, from 0 to 1. */
    public double score(double[] features) {
        return regression.score(features);
    }

    /**
     * Those of the {@link Features} that make most of the score, at most three, the weightiest first: how much lower
     * would the logarithm of the odds be if this one were as usual? For a linear model that is the feature's share in
     * them.
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
        double score = regression.score(features);
        return Math.log(score) - Math.log1p(-score);
    }

    /** Whether this score raises an alert. */
    public boolean isAlert(double score) {
        return score >= card.threshold();
    }

    /** What was known of customers and terminals in the night in which the model was published. */
    public Profiles profiles() {
        return profiles;
    }

    /** The days before the stream, which the lake does not have. */
    public ProfileHistory history() {
        return history;
    }

    /** What there is to know about this model. */
    public Card card() {
        return card;
    }

    /** Writes the model into a folder, which is created. */
    public void save(Path folder) {
        try {
            Files.createDirectories(folder);
            regression.save(folder.resolve(MODEL_FILE));
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
     * @throws UncheckedIOException if a file of it is missing, or holds something else; the message says which, and
     *     what to do
     */
    public static FraudModel load(Path folder) {
        Regression regression = read(folder.resolve(MODEL_FILE), Regression::load);
        Card card = read(folder.resolve(CARD_FILE), file -> JSON.readValue(file, Card.class));
        Profiles profiles = read(folder.resolve(PROFILES_FILE), file -> Serialized.read(file, Profiles.class));
        ProfileHistory history = read(
                folder.resolve(HISTORY_FILE), file -> Serialized.read(new GZIPInputStream(file), ProfileHistory.class));
        return new FraudModel(regression, profiles, history, card);
    }

    private interface Reading<T> {
        T from(InputStream file) throws IOException;
    }

    private static <T> T read(Path file, Reading<T> reading) {
        try (InputStream in = Files.newInputStream(file)) {
            return reading.from(in);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "is missing", e);
        } catch (IOException | RuntimeException e) { // Tribuo throws the latter at what it does not know
            String reason = e.toString().lines().findFirst().orElseThrow();
            throw unreadable(file, "is damaged, or no model's (" + reason + ")", e);
        }
    }

    private static UncheckedIOException unreadable(Path file, String state, Exception e) {
        return new UncheckedIOException(
                "No model could be read from " + file.getParent() + ": its file " + file.getFileName() + " " + state
                        + ". ./jbang fraud train --home DIR makes a new one in DIR/models.",
                e instanceof IOException cause ? cause : new IOException(e));
    }
}
