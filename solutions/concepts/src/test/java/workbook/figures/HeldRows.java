package workbook.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import workbook.check.script.ScriptRow;
import workbook.check.script.Trace;

/**
 * The rows in a query's state, a bar each, from the batch that brought it to the one whose watermark released it. Who
 * is kept how long is a matter of the rule, which is held against the trace's rows in state.
 *
 * @param lanes how many rows there are
 * @param rule which rows are kept, and until when
 * @param clock how times are written
 * @param legend what the bars' colours mean, and what the marks on them
 * @param out a row that is put out, in short
 */
record HeldRows(
        int lanes,
        Function<Trace, List<Held>> rule,
        Clock clock,
        Function<Legend, Legend> legend,
        Function<ScriptRow, String> out)
        implements Drawing {

    private static final double LEFT = 216;
    private static final double TOP = 68;
    private static final double LANE = 38;
    private static final double BAR = 22;
    private static final List<String> COLOURS = List.of("blue", "green");

    @Override
    public int height() {
        return (int) (TOP + lanes * LANE) + 128;
    }

    @Override
    public void draw(Svg svg, List<Trace> traces) {
        Trace trace = traces.get(0);
        List<Held> rows = rule.apply(trace);
        verify(rows, trace.events());
        legend.apply(new Legend(svg)).line("mark", "evicted by the watermark");
        Batches batches = new Batches(svg, LEFT, trace.events());
        double bottom = TOP + lanes * LANE;
        batches.grid(TOP, bottom);
        IntStream.range(0, rows.size()).forEach(lane -> draw(lane, rows, trace, svg, batches));
        batches.told(bottom + 42, clock, out, "rows");
    }

    private void draw(int lane, List<Held> rows, Trace trace, Svg svg, Batches batches) {
        Held held = rows.get(lane);
        double y = TOP + lane * LANE + (LANE - BAR) / 2;
        svg.text(
                "end",
                LEFT - 10,
                y + 8,
                held.name() + ", " + clock.text(held.row().time()));
        svg.text("small end", LEFT - 10, y + 23, "kept until " + clock.text(held.until()));
        OptionalInt end = held.end(trace.events());
        double from = batches.place(held.row());
        double to = end.isPresent() ? batches.to(end.getAsInt()) : batches.right() + 24;
        int input = List.copyOf(trace.inputs().keySet()).indexOf(held.row().input());
        svg.rectangle(COLOURS.get(input), from, y, to - from, BAR);
        svg.circle(COLOURS.get(input) + "dot", from, y + BAR / 2, 5);
        if (end.isPresent()) {
            svg.line("mark", to, y - 2, to, y + BAR + 2);
        }
        held.met().forEach(row -> meet(row, y + BAR / 2, rows, svg, batches));
    }

    /** A row with a bar of its own is joined by a line, one without is crossed out. */
    private void meet(Arrival row, double y, List<Held> rows, Svg svg, Batches batches) {
        double x = batches.place(row);
        OptionalInt lane = IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).row().equals(row))
                .findFirst();
        if (lane.isPresent()) {
            double other = TOP + lane.getAsInt() * LANE + LANE / 2;
            svg.line("met", x, y, x, other);
            svg.circle("ring", x, y, 5);
        } else {
            svg.cross("lost", x, y).text("mono", x + 10, y + 4, clock.text(row.time()));
        }
    }

    private static void verify(List<Held> rows, List<Trace.Event> events) {
        for (int i = 0; i < events.size(); i++) {
            int event = i;
            assertThat(rows.stream().filter(row -> row.isThereAfter(event, events)))
                    .as("rows in state after batch %d", event + 1)
                    .hasSize((int) events.get(event).state());
        }
    }
}
