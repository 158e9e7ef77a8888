package workbook.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import workbook.check.script.ScriptRow;
import workbook.check.script.Trace;

/** The same input to the same query in several output modes: what each batch emits, keeps and drops. */
record ModesSideBySide(int modes) implements Drawing {

    private static final double LEFT = 164;
    private static final double TOP = 44;
    private static final double IN = 84;
    private static final double BLOCK = 84;
    private static final double LINE = 17;

    @Override
    public int height() {
        return (int) (TOP + IN + modes * BLOCK) + 40;
    }

    @Override
    public void draw(Svg svg, List<Trace> traces) {
        assertThat(traces).hasSize(modes);
        List<Trace.Event> events = traces.get(0).events();
        Batches batches = new Batches(svg, LEFT, events);
        batches.row(TOP + 16, "", "small", event -> "batch " + event.batch());
        drawIn(traces.get(0), svg, batches);
        for (int mode = 0; mode < modes; mode++) {
            draw(traces.get(mode), TOP + IN + mode * BLOCK, svg);
        }
    }

    private static void drawIn(Trace trace, Svg svg, Batches batches) {
        svg.text("small end", LEFT - 10, TOP + 42, "input");
        Arrival.of(trace)
                .forEach(row -> svg.text(
                        "mono middle",
                        batches.middle(row.event()),
                        TOP + 42 + row.place() * LINE,
                        "at " + Clock.HOURS.text(row.time()) + ": " + row.text("amount")));
    }

    private static void draw(Trace trace, double y, Svg svg) {
        Batches batches = new Batches(svg, LEFT, trace.events());
        svg.rectangle("gone", 14, y, Svg.WIDTH - 28, BLOCK - 8);
        svg.text("out", 26, y + 22, trace.mode());
        svg.text("small end", LEFT - 10, y + 22, "output");
        for (int event = 0; event < trace.events().size(); event++) {
            draw(trace.events().get(event).out(), batches.middle(event), y + 22, svg);
        }
        batches.row(y + 64, "in state", "small", ModesSideBySide::figures);
    }

    private static void draw(List<ScriptRow> out, double x, double y, Svg svg) {
        List<ScriptRow> inOrder = out.stream()
                .sorted(Comparator.comparing(row -> row.getInstant(0)))
                .toList();
        if (out.isEmpty()) {
            svg.text("small middle", x, y, "nothing");
        }
        for (int i = 0; i < inOrder.size(); i++) {
            svg.text(
                    "mono out middle",
                    x,
                    y + i * LINE,
                    Clock.HOURS.text(inOrder.get(i).getInstant(0)) + ": "
                            + inOrder.get(i).get(2));
        }
    }

    private static String figures(Trace.Event event) {
        String rows = event.state() == 1 ? "1 row" : event.state() + " rows";
        return event.dropped() == 0 ? rows : rows + "; " + event.dropped() + " dropped";
    }
}
