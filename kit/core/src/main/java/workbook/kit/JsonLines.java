package workbook.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Makes JSON lines from short literals. */
public final class JsonLines {

    private static final Pattern TIME = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT)?\\d\\d:\\d\\d(:\\d\\d)?");
    private static final Pattern BARE = Pattern.compile("-?\\d+(\\.\\d+)?|true|false|null");

    private JsonLines() {}

    /**
     * Returns one JSON object for each row: {@code of("time amount", "09:00 1.00, 09:10 2.00")}. Rows are separated by
     * {@code ", "}, values by one blank.
     *
     * <p>{@code 09:00} and {@code 09:00:30} are times on 2018-04-01 in UTC; {@code 2018-04-02T09:00} gives the date.
     * Numbers, {@code true}, {@code false} and {@code null} stay as they are. Every other value becomes a string.
     *
     * @param columns the column names, separated by one blank
     * @throws IllegalArgumentException if a row does not have one value for each column
     */
    public static List<String> of(String columns, String rows) {
        String[] names = columns.split(" ");
        return Arrays.stream(rows.split(", ")).map(row -> object(names, row)).toList();
    }

    private static String object(String[] names, String row) {
        String[] values = row.split(" ");
        if (values.length != names.length) {
            throw new IllegalArgumentException(
                    "The row \"" + row + "\" needs " + names.length + " values: " + String.join(" ", names));
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            fields.add('"' + names[i] + "\":" + json(values[i]));
        }
        return "{" + String.join(",", fields) + "}";
    }

    private static String json(String value) {
        if (TIME.matcher(value).matches()) {
            String withDate = value.contains("T") ? value : "2018-04-01T" + value;
            return '"' + withDate + (withDate.length() == 16 ? ":00Z\"" : "Z\"");
        }
        return BARE.matcher(value).matches()
                ? value
                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
