package workbook.capstone.inference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.MeanStdDevTransformation;

/**
 * Logistic regression on standardised features, with Tribuo. The same examples in the same order give the same model.
 */
public final class Regression {

    private static final String FRAUD = "fraud";
    private static final String GENUINE = "genuine";
    private static final Label UNKNOWN = new Label("?");

    // A strong reference: the log manager holds loggers weakly, and their level is lost with them.
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    private static final String[] NAMES = Features.NAMES.toArray(new String[0]);

    private final Model<Label> model;

    private Regression(Model<Label> model) {
        this.model = model;
    }

    /** Trains on these payments. */
    public static Regression fit(List<LabelledPayment> payments) {
        TRIBUO.setLevel(Level.WARNING);
        List<Example<Label>> examples = payments.stream()
                .<Example<Label>>map(payment ->
                        new ArrayExample<>(new Label(payment.fraud() ? FRAUD : GENUINE), NAMES, payment.features()))
                .toList();
        var source = new ListDataSource<>(
                examples, new LabelFactory(), new SimpleDataSourceProvenance("simulated payments", new LabelFactory()));
        var standardised = new TransformationMap(List.of(new MeanStdDevTransformation()));
        var regression = new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(1, 0.1), 5, -1, 1, 1L);
        return new Regression(new TransformTrainer<>(regression, standardised).train(new MutableDataset<>(source)));
    }

    /**
     * Returns the probability that a payment with these features, in the order of {@link Features#NAMES}, is a fraud.
     */
    public double score(double[] features) {
        return model.predict(new ArrayExample<>(UNKNOWN, NAMES, features))
                .getOutputScores()
                .get(FRAUD)
                .getScore();
    }

    void save(Path file) throws IOException {
        model.serializeToFile(file);
    }

    static Regression load(InputStream file) throws IOException {
        return new Regression(Model.deserializeFromStream(file).castModel(Label.class));
    }
}
