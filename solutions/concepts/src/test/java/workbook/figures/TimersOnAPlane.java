package workbook.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.check.script.Trace;

/**
 * Items added to baskets, the timer that each sets, and the watermark that makes timers fire. The drawing computes when a
 * timer fires and verifies that only timers emit baskets.
 *
 * @param patience the time from a row to its timer
 */
record TimersOnAPlane(Instant from, Instant to, Duration patience) implements Drawing {

    private static final int HEIGHT = 280;

    @Override
    public int height() {
        return Plane.height(HEIGHT, 3);
    }

    @Override
    public void draw(Svg svg, List<Trace> traces) {
        Trace trace = traces.get(0);
        verify(trace);
        Batches batches = new Batches(svg, Plane.LEFT, trace.events());
        Plane plane = new Plane(svg, batches, from, to, HEIGHT).axes(Duration.ofMinutes(10));
        plane.watermark(trace.events());
        List<Arrival> rows = Arrival.of(trace);
        String first = rows.get(0).text("basket");
        new Legend(svg)
                .dot("bluedot", "added to basket " + first)
                .dot("dot", "added to another")
                .line("timer", "its timer, " + patience.toMinutes() + " minutes later")
                .line("mark", "the watermark");
        rows.forEach(row -> {
            drawTimer(row, trace, svg, batches, plane);
            plane.row(row.text("basket").equals(first) ? "bluedot" : "dot", row, row.text("item"));
        });
        batches.told(plane.below(), Clock.HOURS, out -> "basket " + out.get(0) + ": " + out.get(1), "baskets");
    }

    private void drawTimer(Arrival row, Trace trace, Svg svg, Batches batches, Plane plane) {
        double x = batches.place(row);
        double y = plane.y(due(row));
        OptionalInt ring = ring(row, trace);
        double end = ring.isPresent() ? batches.to(ring.getAsInt()) : plane.right();
        svg.path("timer", x, plane.y(row.time()), x, y, end, y);
        svg.text("small", x + 6, y - 5, "timer " + Clock.HOURS.text(due(row)));
        if (ring.isPresent()) {
            boolean isEnd = !trace.events().get(ring.getAsInt()).out().isEmpty();
            svg.circle("ring", end, y, 6);
            svg.text("stoptext end", end - 10, y - 5, isEnd ? "fires: emitted" : "fires: still open");
        }
    }

    private Instant due(Arrival row) {
        return row.time().plus(patience);
    }

    /** The event after which a row's timer fires. */
    private OptionalInt ring(Arrival row, Trace trace) {
        return IntStream.range(row.event(), trace.events().size())
                .filter(event -> !trace.events().get(event).watermark().isBefore(due(row)))
                .findFirst();
    }

    private void verify(Trace trace) {
        for (int i = 0; i < trace.events().size(); i++) {
            int event = i;
            Stream<String> rung = Arrival.of(trace).stream()
                    .filter(row -> ring(row, trace).equals(OptionalInt.of(event)))
                    .map(row -> row.text("basket"));
            assertThat(rung)
                    .as("baskets whose timers fire after batch %d", event + 1)
                    .containsAll(trace.events().get(event).out().stream()
                            .map(row -> row.get(0).toString())
                            .toList());
        }
    }
}
