package workbook.evaluate.month;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** How points are written: one decimal at the most, and rounded down, so that nothing but 100 is ever called 100. */
final class Points {

    /** Makes up for thirds that do not quite add up in binary; far below what is shown. */
    private static final double DUST = 1e-9;

    private Points() {}

    static String text(double points) {
        DecimalFormat format = new DecimalFormat("0.#", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.DOWN);
        return format.format(points + DUST);
    }
}
