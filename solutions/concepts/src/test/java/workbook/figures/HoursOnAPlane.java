package workbook.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import workbook.check.script.ScriptRow;
import workbook.check.script.Trace;

/**
 * Payments added up by hour, and the watermark that closes the hours. The drawing computes which hours are open and which
 * rows are late or dropped, and compares that with the trace's rows in state, dropped and emitted.
 *
 * @param from the lower edge, a full hour
 * @param to the upper edge; later rows are drawn there
 */
record HoursOnAPlane(Instant from, Instant to) implements Drawing {

    private static final int HEIGHT = 264;
    private static final List<String> COLOURS = List.of("blue", "green");

    @Override
    public int height() {
        return Plane.height(HEIGHT, 5);
    }

    @Override
    public void draw(Svg svg, List<Trace> traces) {
        Hours hours = new Hours(traces.get(0));
        hours.verify();
        Batches batches = new Batches(svg, Plane.LEFT, hours.events);
        Plane plane = new Plane(svg, batches, from, to, HEIGHT);
        hours.open.values().stream()
                .filter(hour -> !plane.isAbove(hour.end()))
                .forEach(hour -> draw(hour, svg, batches, plane));
        plane.axes(Duration.ofMinutes(30));
        plane.watermark(hours.events);
        hours.rows.forEach(row -> draw(row, hours, svg, batches, plane));
        legend(hours, svg);
        below(hours, batches, plane.below());
    }

    private static void draw(Hour hour, Svg svg, Batches batches, Plane plane) {
        double end = hour.closed() == null ? plane.right() : batches.to(hour.closed());
        plane.band(COLOURS.get(hour.number() % 2), batches.place(hour.first()), end, hour.start(), hour.end());
        svg.text("small end", end - 6, plane.y(hour.end()) + 15, "the hour from " + Clock.HOURS.text(hour.start()));
        if (hour.closed() != null && end < batches.right()) {
            plane.band("gone", end, plane.right(), hour.start(), hour.end());
            svg.text("small", end + 6, plane.y(hour.start()) - 6, "emitted, evicted");
        }
    }

    private static void draw(Arrival row, Hours hours, Svg svg, Batches batches, Plane plane) {
        if (hours.isLost(row)) {
            svg.cross("lost", batches.place(row), plane.y(row.time()));
            svg.text("mono", batches.place(row) + 10, plane.y(row.time()) + 4, row.text("amount"));
        } else {
            plane.row(hours.isLate(row) ? "late" : "dot", row, row.text("amount"));
        }
    }

    private static void legend(Hours hours, Svg svg) {
        Legend legend = new Legend(svg).dot("dot", "a payment");
        if (hours.rows.stream().anyMatch(hours::isLate)) {
            legend.dot("late", "late, its hour is open: counted").cross("lost", "late, its hour is closed: dropped");
        }
        legend.line("mark", "the watermark");
    }

    private static void below(Hours hours, Batches batches, double y) {
        batches.row(y, "newest so far", "mono", event -> Clock.HOURS.text(hours.newest(event)));
        batches.told(y + Batches.LINE, Clock.HOURS, HoursOnAPlane::told, "rows");
        batches.row(y + 4 * Batches.LINE, "rows dropped", "mono", event -> String.valueOf(event.dropped()));
    }

    private static String told(ScriptRow hour) {
        return Clock.HOURS.text(hour.getInstant(0)) + ": " + hour.get(2);
    }

    /**
     * An hour with at least one counted row.
     *
     * @param number its position among these hours
     * @param first the row that opened it
     * @param closed the index of the event that closed it; null if none did
     */
    private record Hour(int number, Instant start, Arrival first, Integer closed) {
        Instant end() {
            return start.plus(Duration.ofHours(1));
        }
    }

    /** The rule: an hour is closed when the watermark has reached its end. */
    private static final class Hours {

        final List<Trace.Event> events;
        final List<Arrival> rows;
        final Map<Instant, Hour> open = new LinkedHashMap<>();

        Hours(Trace trace) {
            events = trace.events();
            rows = Arrival.of(trace);
            rows.stream()
                    .filter(row -> !isLost(row))
                    .forEach(row -> open.computeIfAbsent(
                            hour(row), start -> new Hour(open.size(), start, row, closing(start, row.event()))));
        }

        void verify() {
            for (int i = 0; i < events.size(); i++) {
                int event = i;
                assertThat(open.values().stream().filter(hour -> isOpenAfter(hour, event)))
                        .as("hours open after batch %d", event + 1)
                        .hasSize((int) events.get(event).state());
                assertThat(rows.stream().filter(row -> row.event() == event && isLost(row)))
                        .as("rows dropped in batch %d", event + 1)
                        .hasSize((int) events.get(event).dropped());
                assertThat(open.values().stream()
                                .filter(hour -> Integer.valueOf(event).equals(hour.closed())))
                        .extracting(Hour::start)
                        .as("hours emitted after batch %d", event + 1)
                        .isEqualTo(events.get(event).out().stream()
                                .map(row -> row.getInstant(0))
                                .toList());
            }
        }

        boolean isLost(Arrival row) {
            Instant watermark = before(row.event());
            return watermark != null && !hour(row).plus(Duration.ofHours(1)).isAfter(watermark);
        }

        /** Behind the watermark, and not dropped. */
        boolean isLate(Arrival row) {
            Instant watermark = before(row.event());
            return watermark != null && row.time().isBefore(watermark) && !isLost(row);
        }

        Instant newest(Trace.Event event) {
            return rows.stream()
                    .filter(row -> row.event() <= events.indexOf(event))
                    .map(Arrival::time)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }

        private Instant before(int event) {
            return event == 0 ? null : events.get(event - 1).watermark();
        }

        private Integer closing(Instant start, int from) {
            return IntStream.range(from, events.size())
                    .boxed()
                    .filter(event -> !events.get(event).watermark().isBefore(start.plus(Duration.ofHours(1))))
                    .findFirst()
                    .orElse(null);
        }

        private static boolean isOpenAfter(Hour hour, int event) {
            return hour.first().event() <= event && (hour.closed() == null || event < hour.closed());
        }

        private static Instant hour(Arrival row) {
            return row.time().truncatedTo(ChronoUnit.HOURS);
        }
    }
}
