package workbook.evaluate.exercises;

import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Compares user input with names. */
public final class Spelling {

    private Spelling() {}

    /** The edit distance, ignoring case; 1 if the input is a part of the name. */
    public static int distance(String typed, String name) {
        String given = typed.toLowerCase(Locale.ROOT);
        String meant = name.toLowerCase(Locale.ROOT);
        boolean isPart = given.length() > 2 && meant.contains(given);
        return isPart ? 1 : LevenshteinDistance.getDefaultInstance().apply(given, meant);
    }
}
