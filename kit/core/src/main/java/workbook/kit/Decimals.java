package workbook.kit;

import java.util.Locale;

/** Formats numbers with a fixed number of decimals for the lesson programs. */
public final class Decimals {

    private Decimals() {}

    /**
     * Returns the rounded number with a point, {@code 0.14} for 0.1391 and 2 decimals, in every locale. Returns {@code
     * null} as text for null.
     */
    public static String of(Double number, int decimals) {
        return number == null ? "null" : String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}
