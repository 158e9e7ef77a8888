package workbook.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import workbook.check.script.ScriptRow;
import workbook.check.script.Trace;

/**
 * A running total that continues after a restart, and a batch that is repeated because its sink failed. The drawing
 * verifies that each total is the last committed one plus the input.
 */
record RestartsAndRepetitions() implements Drawing {

    private static final double LEFT = 110;
    private static final double IN = 104;
    private static final double OUT = 198;
    private static final double BOX = 34;

    @Override
    public int height() {
        return 360;
    }

    @Override
    public void draw(Svg svg, List<Trace> traces) {
        List<Trace.Event> all = traces.get(0).events();
        List<Trace.Event> events =
                all.stream().filter(event -> event.kind() != Trace.Kind.RESTART).toList();
        Batches batches = new Batches(svg, LEFT, events);
        svg.text("small end", LEFT - 12, IN + 22, "input");
        svg.text("small end", LEFT - 12, OUT + 22, "output");
        svg.text("small end", LEFT - 12, OUT + 100, "in state");
        for (int event = 0; event < events.size(); event++) {
            draw(event, events, svg, batches);
        }
        IntStream.range(0, all.size())
                .filter(i -> all.get(i).kind() != Trace.Kind.BATCH)
                .forEach(i -> drawStart(all.get(i), events.indexOf(all.get(i + 1)), svg, batches));
    }

    private static void draw(int event, List<Trace.Event> events, Svg svg, Batches batches) {
        Trace.Event told = events.get(event);
        boolean hasFailed = told.kind() == Trace.Kind.SINK_FAILURE;
        boolean isAgain = event > 0 && events.get(event - 1).batch() == told.batch();
        double x = batches.middle(event);
        svg.text("small middle", x, IN - 12, "batch " + told.batch() + (isAgain ? ", again" : ""));
        svg.rectangle("blue", x - 36, IN, 72, BOX).text("mono middle", x, IN + 22, "+ " + in(told));
        svg.arrow("axis", x, IN + BOX, x, OUT);
        svg.rectangle(hasFailed ? "gone" : "green", x - 36, OUT, 72, BOX);
        svg.text("mono out middle", x, OUT + 22, total(told).toString());
        svg.text("middle", x, OUT + 100, hasFailed ? "not committed" : told.state() + " row");
        IntStream.range(0, event)
                .filter(before -> isCommitted(events.get(before), told))
                .reduce((first, last) -> last)
                .ifPresent(before -> {
                    assertThat(total(told)).isEqualTo(total(events.get(before)).add(in(told)));
                    goOn(before, event, svg, batches);
                });
        if (hasFailed) {
            svg.cross("lost", x + 36, OUT);
        }
    }

    /** An arrow from one total to the next; below it if there is something in between. */
    private static void goOn(int before, int event, Svg svg, Batches batches) {
        double y = OUT + BOX / 2;
        if (event == before + 1) {
            svg.arrow("axis", batches.middle(before) + 36, y, batches.middle(event) - 36, y);
        } else {
            double below = OUT + BOX + 22;
            svg.arrow(
                    "axis",
                    batches.middle(before),
                    OUT + BOX,
                    batches.middle(before),
                    below,
                    batches.middle(event),
                    below,
                    batches.middle(event),
                    OUT + BOX);
        }
    }

    private static void drawStart(Trace.Event why, int next, Svg svg, Batches batches) {
        double x = batches.from(next);
        svg.line("stop", x, 74, x, OUT + 62);
        svg.text(
                "stoptext middle",
                x,
                62,
                why.kind() == Trace.Kind.RESTART ? "restarted" : "the sink throws, restarted");
    }

    private static boolean isCommitted(Trace.Event before, Trace.Event told) {
        return before.kind() == Trace.Kind.BATCH && before.batch() < told.batch();
    }

    private static BigDecimal in(Trace.Event event) {
        List<ScriptRow> rows = event.in().values().iterator().next();
        return rows.get(0).getDecimal(4);
    }

    private static BigDecimal total(Trace.Event event) {
        return event.out().get(0).getDecimal(2);
    }
}
