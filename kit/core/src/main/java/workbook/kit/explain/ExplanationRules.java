package workbook.kit.explain;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * The rules that explain exceptions to learners. The first rule that matches any cause of an exception applies, so the
 * more specific rules come first: those of the engines, then Kafka's, then Java's.
 */
final class ExplanationRules {

    private ExplanationRules() {}

    /**
     * The texts of a rule that matches.
     *
     * @param what what happened, in the learner's terms
     * @param advice how to fix it; may be empty
     * @param failure the cause to quote
     */
    record Match(String what, String advice, Failure failure) {}

    /** The explanation of these causes, innermost first; empty if no rule matches. */
    static Optional<Match> match(List<Failure> failures) {
        List<String> descriptions = failures.stream().map(Failure::description).toList();
        Stream<ExplanationRule> engines =
                EngineErrors.all().stream().map(EngineErrors::explanationRules).flatMap(List::stream);
        return Stream.of(engines, KafkaRules.ALL.stream(), JavaRules.ALL.stream())
                .flatMap(rules -> rules)
                .flatMap(rule -> match(rule, failures, descriptions).stream())
                .findFirst();
    }

    private static Optional<Match> match(ExplanationRule rule, List<Failure> failures, List<String> descriptions) {
        for (int i = 0; i < failures.size(); i++) {
            Matcher matcher = rule.pattern().matcher(descriptions.get(i));
            if (matcher.lookingAt()) {
                Failure quoted = failures.get(i).isWrapper() ? failures.get(0) : failures.get(i);
                return Optional.of(new Match(filled(rule.what(), matcher), filled(rule.advice(), matcher), quoted));
            }
        }
        return Optional.empty();
    }

    private static String filled(String words, Matcher matcher) {
        String filled = words;
        for (int i = 1; i <= matcher.groupCount(); i++) {
            filled = filled.replace("$" + i, Quote.readable(String.valueOf(matcher.group(i))));
        }
        return filled;
    }
}
