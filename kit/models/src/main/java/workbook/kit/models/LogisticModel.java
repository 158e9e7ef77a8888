package workbook.kit.models;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.MeanStdDevTransformation;

/**
 * A logistic regression on standardised, named features, with Tribuo, and the threshold of its alerts. The threshold
 * belongs to the model: another model's scores have another distribution. Immutable; threads may share it.
 */
public final class LogisticModel implements ScoringModel, Serializable {

    private static final String MODEL_FILE = "model.tribuo";
    private static final String CARD_FILE = "card.properties";

    private final Model<Label> model;
    private final double threshold;

    private LogisticModel(Model<Label> model, double threshold) {
        this.model = model;
        this.threshold = threshold;
    }

    /**
     * Trains a model. The same examples in the same order, with the same seed, give the same scores.
     *
     * @param alertShare the share of the examples whose score raises an alert, above 0 and below 1: the threshold is
     *     the lowest of the scores that this share has
     * @throws IllegalArgumentException if there are no frauds, or only frauds, or if the share is not between 0 and 1
     */
    public static LogisticModel train(List<LabelledExample> examples, double alertShare, long seed) {
        if (!(alertShare > 0 && alertShare < 1)) {
            throw new IllegalArgumentException("The share of alerts is not between 0 and 1: " + alertShare);
        }
        long frauds = examples.stream().filter(LabelledExample::fraud).count();
        if (frauds == 0 || frauds == examples.size()) {
            throw new IllegalArgumentException("A model needs frauds and genuine payments; of " + examples.size()
                    + " examples " + frauds + " are frauds.");
        }
        LogisticModel untested = new LogisticModel(fit(examples, seed), Double.NaN);
        double[] scores = examples.stream()
                .mapToDouble(example -> untested.score(example.features()))
                .sorted()
                .toArray();
        return untested.withThreshold(scores[(int) (scores.length * (1 - alertShare))]);
    }

    private static Model<Label> fit(List<LabelledExample> examples, long seed) {
        var standardised = new TransformationMap(List.of(new MeanStdDevTransformation()));
        return new TransformTrainer<>(Tribuo.logisticRegression(seed), standardised).train(Tribuo.dataset(examples));
    }

    /** Returns this model with another threshold. */
    public LogisticModel withThreshold(double threshold) {
        return new LogisticModel(model, threshold);
    }

    /**
     * {@inheritDoc}
     *
     * <p>As in Tribuo: a feature that is not given counts as if it had its mean in the training data.
     */
    @Override
    public double score(Map<String, Double> features) {
        return Tribuo.score(model.predict(Tribuo.unlabelled(features)));
    }

    /** Returns the lowest score that raises an alert. */
    public double threshold() {
        return threshold;
    }

    /** Whether this score raises an alert: it is the threshold or above. */
    @Override
    public boolean isAlert(double score) {
        return score >= threshold;
    }

    /** Returns the {@linkplain LabelledScore#averagePrecision average precision} of this model's scores. */
    public double averagePrecision(List<LabelledExample> examples) {
        return LabelledScore.averagePrecision(examples.stream()
                .map(example -> new LabelledScore(score(example.features()), example.fraud()))
                .toList());
    }

    @Override
    public List<String> features() {
        return model.getFeatureIDMap().keySet().stream().sorted().toList();
    }

    /**
     * Writes the model into a folder, which is created: {@code model.tribuo}, and then {@code card.properties} with the
     * threshold and the size of the first.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void save(Path folder) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(MODEL_FILE);
            model.serializeToFile(file);
            Files.writeString(
                    folder.resolve(CARD_FILE), "threshold=" + threshold + "\nbytes=" + Files.size(file) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("The model could not be written to " + folder, e);
        }
    }

    /**
     * Reads a model that {@link #save} wrote.
     *
     * @throws UnreadableModelException if a file is missing, incomplete or something else
     */
    public static LogisticModel load(Path folder) {
        return read(folder.resolve(CARD_FILE), in -> {
            Card card = Card.of(in);
            return new LogisticModel(read(folder.resolve(MODEL_FILE), file -> model(file, card)), card.threshold());
        });
    }

    private static Model<Label> model(InputStream file, Card card) throws IOException {
        byte[] bytes = file.readAllBytes();
        if (bytes.length != card.bytes()) {
            throw new IOException(bytes.length + " of " + card.bytes() + " bytes");
        }
        return Model.deserializeFromStream(new ByteArrayInputStream(bytes)).castModel(Label.class);
    }

    /**
     * What a model's folder says about it.
     *
     * @param threshold the lowest score that raises an alert
     * @param bytes the size of the file with the model
     */
    private record Card(double threshold, long bytes) {

        static Card of(InputStream file) throws IOException {
            Properties values = new Properties();
            values.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            return new Card(
                    Double.parseDouble(values.getProperty("threshold", "no threshold")),
                    Long.parseLong(values.getProperty("bytes", "no size")));
        }
    }

    private interface Reading<T> {
        T from(InputStream file) throws IOException;
    }

    private static <T> T read(Path file, Reading<T> reading) {
        try (InputStream in = Files.newInputStream(file)) {
            return reading.from(in);
        } catch (UnreadableModelException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw unreadable(file, "is missing", e);
        } catch (IOException | RuntimeException e) { // Tribuo throws runtime exceptions for invalid files
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw unreadable(file, "is incomplete or not part of a model (" + reason + ")", e);
        }
    }

    private static UnreadableModelException unreadable(Path file, String state, Exception e) {
        return new UnreadableModelException(
                "The model in " + file.getParent() + " cannot be read: its file " + file.getFileName() + " " + state
                        + ".",
                e);
    }
}
