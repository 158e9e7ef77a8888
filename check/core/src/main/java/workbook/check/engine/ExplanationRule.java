package workbook.check.engine;

import java.util.regex.Pattern;

/**
 * What to say of a failure that learners meet.
 *
 * @param pattern how it begins, as {@code name: message}; its groups stand in the words as $1, $2 …
 * @param what what happened, in the learner's terms
 * @param advice what to do about it
 */
public record ExplanationRule(Pattern pattern, String what, String advice) {

    public static ExplanationRule rule(String pattern, String what, String advice) {
        return new ExplanationRule(Pattern.compile(pattern, Pattern.DOTALL), what, advice);
    }
}
