package workbook.check.script;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;

/**
 * Reads and formats the times of a script, always in UTC: as {@code 10:05} if all are on one day, else as ISO.
 */
record Times(boolean areShort) {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm[:ss[.SSS]]");

    /** The format for these times. */
    static Times of(Collection<Instant> times) {
        return new Times(times.stream().map(Times::day).distinct().count() <= 1);
    }

    /**
     * Reads a time such as {@code 10:05}, {@code 10:05:30}, {@code 2026-01-01 10:05} or an ISO instant.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    static Instant read(String text, LocalDate day) {
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
            String[] parts = text.split("[ T]");
            LocalDate date = parts.length > 1 ? LocalDate.parse(parts[0]) : day;
            return LocalDateTime.of(date, LocalTime.parse(parts[parts.length - 1], CLOCK))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a time. Write it as 10:05, 10:05:30,"
                            + " 2026-01-01 10:05 or 2026-01-01T10:05:00Z.",
                    e);
        }
    }

    String text(Instant time) {
        return areShort ? time.atOffset(ZoneOffset.UTC).toLocalTime().toString() : time.toString();
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
