package workbook.evaluate.month;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Formats points with at most one decimal, rounded down, so that only 100 is shown as 100. */
final class Points {

    /** Compensates for rounding errors of binary fractions; far below one decimal. */
    private static final double EPSILON = 1e-9;

    private Points() {}

    static String text(double points) {
        DecimalFormat format = new DecimalFormat("0.#", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.DOWN);
        return format.format(points + EPSILON);
    }
}
