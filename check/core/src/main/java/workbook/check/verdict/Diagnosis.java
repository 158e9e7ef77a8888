package workbook.check.verdict;

import java.util.Locale;

/**
 * The misconception that behaves like an answer, or one that is only similar.
 *
 * @param name the simple name of the misconception's class
 * @param believed the wrong assumption, in a sentence or two
 * @param really what is true instead
 * @param concept the heading or term in CONCEPTS.md that explains it
 * @param isGuess whether it fails in the same steps and in the same way, but with other rows
 */
public record Diagnosis(String name, String believed, String really, String concept, boolean isGuess) {

    /** The link to the explanation: CONCEPTS.md with an anchor. */
    public String place() {
        return place(concept);
    }

    /** The link to a concept; the anchor is its name in lower case with hyphens for spaces. */
    public static String place(String concept) {
        return "CONCEPTS.md#" + concept.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
