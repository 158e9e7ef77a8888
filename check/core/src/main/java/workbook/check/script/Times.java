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
 * How the times of a script are read and written, always in UTC: {@code 10:05} where all of them lie within one day, ISO
 * otherwise.
 */
record Times(boolean areShort) {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm[:ss[.SSS]]");

    /** How these times are best written. */
    static Times of(Collection<Instant> times) {
        return new Times(times.stream().map(Times::day).distinct().count() <= 1);
    }

    /**
     * The time of a text such as {@code 10:05}, {@code 10:05:30}, {@code 2026-01-01 10:05} or an ISO instant.
     *
     * @throws IllegalArgumentException if it is none of these
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
                    "\"" + text + "\" is no time. Write it as 10:05, 10:05:30,"
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
