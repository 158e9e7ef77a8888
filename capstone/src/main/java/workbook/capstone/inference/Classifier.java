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
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A trained Tribuo model of two classes. */
public final class Classifier {

    private static final String FRAUD = "fraud";
    private static final String GENUINE = "genuine";
    private static final Label UNKNOWN = new Label("?");

    // A strong reference: the log manager holds loggers weakly, and their level is lost with them.
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    private static final String[] NAMES = Features.NAMES.toArray(new String[0]);

    private final Model<Label> model;

    private Classifier(Model<Label> model) {
        this.model = model;
    }

    /** Trains on these payments. The same payments in the same order give the same model. */
    static Classifier train(Trainer<Label> trainer, List<LabelledPayment> payments) {
        TRIBUO.setLevel(Level.WARNING);
        List<Example<Label>> examples = payments.stream()
                .<Example<Label>>map(payment ->
                        new ArrayExample<>(new Label(payment.fraud() ? FRAUD : GENUINE), NAMES, payment.features()))
                .toList();
        var source = new ListDataSource<>(
                examples, new LabelFactory(), new SimpleDataSourceProvenance("simulated payments", new LabelFactory()));
        return new Classifier(trainer.train(new MutableDataset<>(source)));
    }

    /**
     * Returns a score from 0 to 1 of a payment with these features, in the order of {@link Features#NAMES}. It is the
     * probability of a fraud if the model has learned from all payments, see {@link Algorithm}.
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

    static Classifier load(InputStream file) throws IOException {
        return new Classifier(Model.deserializeFromStream(file).castModel(Label.class));
    }
}
