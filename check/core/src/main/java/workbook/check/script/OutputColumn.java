package workbook.check.script;

import java.util.List;
import java.util.Locale;

/**
 * An output column that a script expects.
 *
 * @param type the type as in SQL, such as {@code BIGINT}; {@code DECIMAL} stands for any precision; empty if any type is
 *     accepted
 */
public record OutputColumn(String name, String type) {

    /** Reads a name such as {@code total}, or a name and a type such as {@code total DECIMAL}. */
    static OutputColumn of(String text) {
        String[] parts = text.split(" ", 2);
        return new OutputColumn(parts[0], parts.length == 1 ? "" : parts[1].toUpperCase(Locale.ROOT));
    }

    static List<OutputColumn> all(List<String> texts) {
        return texts.stream().map(OutputColumn::of).toList();
    }

    /** Whether a column of the answer has the expected type. */
    boolean accepts(Type found) {
        return type.isEmpty() || type.equals(found.sql()) || type.equals("DECIMAL") && found instanceof Type.Decimal;
    }

    @Override
    public String toString() {
        return type.isEmpty() ? name : name + " " + type;
    }
}
