package workbook.kit.explain;

import java.util.regex.Pattern;

/**
 * The explanation of an exception, for learners.
 *
 * @param pattern matches the beginning of the exception's description, which is {@code name: message}, then lines of what
 *        is known besides, then {@code at Class.method}, the code that threw it; the texts refer to its groups as $1, $2 …
 * @param what what happened, in the learner's terms
 * @param advice how to fix it
 */
public record ExplanationRule(Pattern pattern, String what, String advice) {

    public static ExplanationRule rule(String pattern, String what, String advice) {
        return new ExplanationRule(Pattern.compile(pattern, Pattern.DOTALL), what, advice);
    }
}
