package workbook.kit;

/** Formats the time of day of an instant for the lesson programs. */
public final class ClockTime {

    private ClockTime() {}

    /**
     * Returns hours and minutes in UTC, {@code 09:20} for {@code 2018-04-01T09:20:00Z}. Returns {@code none} for times
     * in 1970: Spark's watermark starts there.
     *
     * @param instant an {@link java.time.Instant} or its text
     */
    public static String of(Object instant) {
        String text = instant.toString();
        return text.startsWith("1970") ? "none" : text.substring(11, 16);
    }
}
