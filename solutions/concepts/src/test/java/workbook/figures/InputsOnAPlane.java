package workbook.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.check.script.ScriptRow;
import workbook.check.script.Trace;

/**
 * Rows of two inputs, the watermark of each, and the watermark of the query. The drawing computes each input's watermark
 * and verifies that the trace's watermark is the smaller one.
 *
 * @param bounds of the inputs, in the trace's order
 */
record InputsOnAPlane(Instant from, Instant to, List<Duration> bounds) implements Drawing {

    private static final int HEIGHT = 250;
    private static final List<String> COLOURS = List.of("blue", "green");

    @Override
    public int height() {
        return Plane.height(HEIGHT, 3);
    }

    @Override
    public void draw(Svg svg, List<Trace> traces) {
        Trace trace = traces.get(0);
        List<String> inputs = List.copyOf(trace.inputs().keySet());
        List<List<Instant>> reached = IntStream.range(0, inputs.size())
                .mapToObj(input -> reached(trace, inputs.get(input), bounds.get(input)))
                .toList();
        verify(trace, reached);
        Batches batches = new Batches(svg, Plane.LEFT, trace.events());
        Plane plane = new Plane(svg, batches, from, to, HEIGHT).axes(Duration.ofMinutes(30));
        plane.watermark(trace.events());
        Legend legend = new Legend(svg);
        for (int input = 0; input < inputs.size(); input++) {
            plane.steps("of" + COLOURS.get(input), reached.get(input));
            legend.line(
                    "of" + COLOURS.get(input),
                    inputs.get(input) + ": its newest minus "
                            + bounds.get(input).toMinutes() + " minutes");
        }
        legend.line("mark", "the query's watermark");
        Arrival.of(trace)
                .forEach(row -> plane.row(COLOURS.get(inputs.indexOf(row.input())) + "dot", row, row.text("amount")));
        batches.told(plane.below(), Clock.HOURS, InputsOnAPlane::told, "rows");
    }

    private static String told(ScriptRow hour) {
        return Clock.HOURS.text(hour.getInstant(0)) + ": " + hour.get(1);
    }

    /** An input's watermark after each event: its newest time minus its delay; null as long as it is idle. */
    private static List<Instant> reached(Trace trace, String input, Duration bound) {
        return IntStream.range(0, trace.events().size())
                .mapToObj(event -> Arrival.of(trace).stream()
                        .filter(row -> row.input().equals(input) && row.event() <= event)
                        .map(Arrival::time)
                        .max(Comparator.naturalOrder())
                        .map(newest -> newest.minus(bound))
                        .orElse(null))
                .toList();
    }

    private static void verify(Trace trace, List<List<Instant>> reached) {
        for (int i = 0; i < trace.events().size(); i++) {
            int event = i;
            boolean allHaveSpoken =
                    reached.stream().map(input -> input.get(event)).allMatch(Objects::nonNull);
            Stream<Instant> smallest = reached.stream()
                    .map(input -> input.get(event))
                    .filter(Objects::nonNull)
                    .sorted()
                    .limit(1);
            assertThat(trace.events().get(event).watermark())
                    .as("the watermark after batch %d", event + 1)
                    .isEqualTo(allHaveSpoken ? smallest.findFirst().orElseThrow() : null);
        }
    }
}
