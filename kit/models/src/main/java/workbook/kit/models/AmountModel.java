package workbook.kit.models;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Trains small models with one feature, {@code amount}, for programs that show how models are served. */
public final class AmountModel {

    private AmountModel() {}

    /** Trains a model on the amounts 0 to 99, of which those above the limit are frauds. */
    public static LogisticModel fraudsAbove(int limit) {
        List<LabelledExample> examples = IntStream.range(0, 100)
                .mapToObj(amount -> new LabelledExample(Map.of("amount", (double) amount), amount > limit))
                .toList();
        return LogisticModel.train(examples, 0.1, 1);
    }
}
