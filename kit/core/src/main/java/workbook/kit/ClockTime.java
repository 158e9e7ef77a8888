package workbook.kit;

/** The time of day of an instant, as lesson programs print it. */
public final class ClockTime {

    private ClockTime() {}

    /**
     * Hours and minutes in UTC: {@code 09:20} for {@code 2018-04-01T09:20:00Z}, and {@code none} for times in 1970,
     * where Spark's watermark starts.
     *
     * @param instant an {@link java.time.Instant}, or its text
     */
    public static String of(Object instant) {
        String text = instant.toString();
        return text.startsWith("1970") ? "none" : text.substring(11, 16);
    }
}
