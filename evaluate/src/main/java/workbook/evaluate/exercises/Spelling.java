package workbook.evaluate.exercises;

import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** How far a name is from what somebody has typed. */
public final class Spelling {

    private Spelling() {}

    /** How many characters have to change, upper and lower case aside; of a part of a name, just one. */
    public static int distance(String typed, String name) {
        String given = typed.toLowerCase(Locale.ROOT);
        String meant = name.toLowerCase(Locale.ROOT);
        boolean isPart = given.length() > 2 && meant.contains(given);
        return isPart ? 1 : LevenshteinDistance.getDefaultInstance().apply(given, meant);
    }
}
