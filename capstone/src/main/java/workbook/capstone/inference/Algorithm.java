package workbook.capstone.inference;

import java.util.List;
import java.util.Random;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.MeanStdDevTransformation;

/** How a model is trained. The same payments in the same order give the same model. */
public enum Algorithm {

    /** Logistic regression on standardised features. Its score is a probability. */
    REGRESSION {
        @Override
        public Classifier train(List<LabelledPayment> payments) {
            var standardised = new TransformationMap(List.of(new MeanStdDevTransformation()));
            var regression = new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(1, 0.1), 5, -1, 1, SEED);
            return Classifier.train(new TransformTrainer<>(regression, standardised), payments);
        }
    },

    /**
     * A random forest. It is trained on all frauds and on one genuine payment of twenty, because the time to train a tree
     * of Tribuo grows faster than the number of payments. So its scores order payments, and are no probabilities.
     */
    FOREST {
        @Override
        public Classifier train(List<LabelledPayment> payments) {
            Random random = new Random(SEED);
            return Classifier.train(
                    forest(),
                    payments.stream()
                            .filter(payment -> payment.fraud() || random.nextDouble() < GENUINE_SHARE)
                            .toList());
        }

        private static Trainer<Label> forest() {
            var tree = new CARTClassificationTrainer(DEPTH, FEATURES_PER_SPLIT, SEED);
            return new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), TREES, SEED);
        }
    };

    private static final long SEED = 1;
    private static final int TREES = 40;
    private static final int DEPTH = 10;
    private static final float FEATURES_PER_SPLIT = 0.4f;
    private static final double GENUINE_SHARE = 0.05;

    /** Trains a model on these payments. */
    public abstract Classifier train(List<LabelledPayment> payments);
}
