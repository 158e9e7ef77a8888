package workbook.kit.models;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A model, with the name under which it was published. Programs that show which model scores use models with one feature,
 * {@code amount}.
 *
 * @param name such as {@code v2}
 */
public record NamedModel(String name, LogisticModel model) implements Serializable {

    /** Returns the name and the score of an amount with three decimals: {@code v2 0.847}. */
    public String score(double amount) {
        return String.format(Locale.ROOT, "%s %.3f", name, model.score(Map.of("amount", amount)));
    }

    /** Returns the names of the models that gave these scores: {@code v2}, or {@code v1+v2}. */
    public static String names(List<String> scores) {
        return scores.stream()
                .map(score -> score.split(" ")[0])
                .distinct()
                .sorted()
                .collect(Collectors.joining("+"));
    }
}
