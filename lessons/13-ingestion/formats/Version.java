package lesson13;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a record's schema, for all formats. It is written as {@code "1 amount int, 2 currency string = EUR"}: a number,
 * a name, a type, and perhaps a default, or a former name with {@code was}. A type in capitals is an enum: {@code SHOP|WEB}.
 */
public record Version(List<Field> fields) {

    private static final Pattern FIELD = Pattern.compile("(\\d) (\\w+) ([\\w|]+)(?: = (\\w+))?(?: was (\\w+))?");

    /** A default or a former name that is not there is null. */
    public record Field(int number, String name, String type, String byDefault, String was) {

        boolean isEnum() {
            return type.equals(type.toUpperCase());
        }

        List<String> symbols() {
            return Arrays.asList(type.split("\\|"));
        }

        /** What a writer writes: of an enum the last symbol. */
        Object value() {
            return switch (type) {
                case "int" -> 12;
                case "long" -> 5_000_000_012L;
                case "string" -> "USD";
                default -> symbols().get(symbols().size() - 1);
            };
        }
    }

    static Version of(String text) {
        return new Version(Arrays.stream(text.split(", ")).map(Version::field).toList());
    }

    private static Field field(String text) {
        Matcher parts = FIELD.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a field: " + text);
        }
        return new Field(
                Integer.parseInt(parts.group(1)), parts.group(2), parts.group(3), parts.group(4), parts.group(5));
    }
}
