package workbook.check.difference;

import java.util.List;

/**
 * A row as the rules see it.
 *
 * @param values numbers as BigDecimal without trailing zeros; others as in a script's row, null included
 * @param cells the values as text
 */
public record ValueRow(List<Object> values, List<String> cells) {

    Object get(int column) {
        return values.get(column);
    }

    /** The row in a sentence. */
    String text() {
        return "(" + String.join(", ", cells) + ")";
    }
}
