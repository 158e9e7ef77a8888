package workbook.check.difference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Parts of sentences. */
final class Words {

    private Words() {}

    /** {@code 1, 2 and 3}. */
    static String list(List<String> items) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    /** The absolute duration: {@code 1 hour 30 minutes}. */
    static String duration(Duration duration) {
        Duration all = duration.abs();
        List<String> parts = new ArrayList<>();
        add(parts, all.toDaysPart(), "day");
        add(parts, all.toHoursPart(), "hour");
        add(parts, all.toMinutesPart(), "minute");
        add(parts, all.toSecondsPart(), "second");
        add(parts, all.toNanosPart() / 1_000_000, "millisecond");
        add(parts, all.toNanosPart() / 1_000 % 1_000, "microsecond");
        return String.join(" ", parts);
    }

    /** A column's name in a sentence. */
    static String code(String name) {
        return "`" + name + "`";
    }

    private static void add(List<String> parts, long number, String unit) {
        if (number > 0) {
            parts.add(number + " " + unit + (number == 1 ? "" : "s"));
        }
    }
}
