package workbook.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A checkpoint's source without one of its expectations or steps.
 *
 * @param without the line and text of what was removed
 */
record CheckpointMutant(String without, String source) {

    private static final Pattern EXPECTATION = Pattern.compile(
            "\\.(emits|emitsNothing|emitsInOrder|watermark|noWatermark|dropped|state|stateAtMost|finds)\\(");
    private static final Pattern STEP = Pattern.compile("@Test\\s+@Order\\(\\d+\\)(?=\\s+void (\\w+)\\()");

    /** One mutant for each expectation of a script, and one for each step. */
    static List<CheckpointMutant> of(String source) {
        return Stream.concat(withoutAnExpectation(source).stream(), withoutAStep(source))
                .toList();
    }

    private static Stream<CheckpointMutant> withoutAStep(String source) {
        return STEP.matcher(source)
                .results()
                .map(step -> new CheckpointMutant(
                        "step " + step.group(1), source.substring(0, step.start()) + source.substring(step.end())));
    }

    private static List<CheckpointMutant> withoutAnExpectation(String source) {
        List<CheckpointMutant> mutants = new ArrayList<>();
        Matcher expectation = EXPECTATION.matcher(source);
        while (expectation.find()) {
            int end = closing(source, expectation.end());
            String taken = source.substring(expectation.start(), end).replaceAll("\\s+", " ");
            long line = source.substring(0, expectation.start()).lines().count();
            mutants.add(new CheckpointMutant(
                    "line " + line + ": " + taken, source.substring(0, expectation.start()) + source.substring(end)));
        }
        return mutants;
    }

    /** The end of the parenthesis that was opened just before. */
    private static int closing(String source, int from) {
        int open = 1;
        int at = from;
        boolean quoted = false;
        while (open > 0) {
            char c = source.charAt(at++);
            quoted ^= c == '"';
            if (!quoted) {
                open += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }
        return at;
    }
}
