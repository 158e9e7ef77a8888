package workbook.figures;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The format of times in figures, in UTC. */
enum Clock {

    /** {@code 09:10}, for figures of one day. */
    HOURS("HH:mm"),
    /** {@code 9 Feb 10:00} */
    DAYS("d MMM HH:mm");

    private final DateTimeFormatter format;

    Clock(String pattern) {
        format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    /** Returns "none" for null. */
    String text(Instant time) {
        return time == null ? "none" : format.format(time);
    }
}
