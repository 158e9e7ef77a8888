package workbook.check.verdict;

import java.util.Locale;

/**
 * A mistake that was diagnosis: what its author took for true, and what happens instead.
 *
 * @param name the simple name of the misconception
 * @param believed what its author took for true, in a sentence or two
 * @param really what happens instead
 * @param concept what CONCEPTS.md explains it under
 */
public record Diagnosis(String name, String believed, String really, String concept) {

    /** Where it is explained: CONCEPTS.md, with an anchor. */
    public String place() {
        return place(concept);
    }

    /** Where a concept is explained: the anchor is its name in lower case, hyphens for spaces. */
    public static String place(String concept) {
        return "CONCEPTS.md#" + concept.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
