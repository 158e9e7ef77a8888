package workbook.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import workbook.check.script.ScriptRow;
import workbook.check.script.Trace;

/**
 * Clicks of a customer on a time axis, a lane for each batch, with the sessions after it. The drawing computes them and
 * compares them with the trace's rows in state and emitted. Clicks of other customers are later than the axis and only
 * advance the watermark.
 */
record SessionsInLanes(Instant from, Instant to, Duration gap, int lanes) implements Drawing {

    private static final double LEFT = 110;
    private static final double RIGHT = 630;
    private static final double TOP = 70;
    private static final double LANE = 94;
    private static final double BAR = 30;

    @Override
    public int height() {
        return (int) (TOP + lanes * LANE) + 78;
    }

    @Override
    public void draw(Svg svg, List<Trace> traces) {
        Trace trace = traces.get(0);
        new Legend(svg)
                .dot("dot", "a click")
                .dot("late", "behind the watermark")
                .line("gap", "the gap, " + gap.toMinutes() + " minutes")
                .line("mark", "the watermark after the batch");
        axis(svg, TOP + lanes * LANE);
        svg.text("small middle", 695, TOP - 2, "rows in state");
        for (int event = 0; event < lanes; event++) {
            drawLane(trace, event, svg);
        }
    }

    private void drawLane(Trace trace, int event, Svg svg) {
        Trace.Event told = trace.events().get(event);
        List<Arrival> rows =
                Arrival.of(trace).stream().filter(row -> row.event() <= event).toList();
        List<Session> sessions = sessions(rows);
        verify(sessions, told, event);
        double y = TOP + event * LANE + 36;
        svg.text("small end", LEFT - 12, y + BAR / 2 + 4, "batch " + told.batch());
        svg.text("mono middle", 695, y + BAR / 2 + 4, String.valueOf(told.state()));
        sessions.stream()
                .filter(session -> session.first().isBefore(to))
                .forEach(session -> draw(session, told, y, svg));
        rows.forEach(row -> draw(row, trace, event, y, svg));
        drawWatermark(told.watermark(), y, svg);
    }

    private void draw(Session session, Trace.Event told, double y, Svg svg) {
        boolean isOpen = session.isOpen(told.watermark());
        svg.rectangle(isOpen ? "green" : "gone", x(session.first()), y, x(session.last()) - x(session.first()), BAR);
        svg.rectangle(isOpen ? "gap" : "gone", x(session.last()), y, x(session.end()) - x(session.last()), BAR);
        if (!isOpen) {
            ScriptRow out = told.out().get(0);
            svg.text(
                    "out",
                    x(session.first()),
                    y + BAR + 18,
                    "emitted: " + Clock.HOURS.text(out.getInstant(1)) + " to " + Clock.HOURS.text(out.getInstant(2))
                            + ", " + out.get(3) + " clicks, " + out.get(4));
        }
    }

    private void draw(Arrival row, Trace trace, int event, double y, Svg svg) {
        boolean isNew = row.event() == event;
        if (!row.time().isBefore(to)) {
            if (isNew) {
                svg.text(
                        "mono end",
                        RIGHT,
                        y - 12,
                        "customer " + row.text("customer") + " at " + Clock.HOURS.text(row.time()) + " →");
            }
            return;
        }
        Instant watermark =
                row.event() == 0 ? null : trace.events().get(row.event() - 1).watermark();
        boolean isLate = watermark != null && row.time().isBefore(watermark);
        svg.circle(isLate ? "late" : "dot", x(row.time()), y + BAR / 2, isNew ? 6 : 4);
        svg.text("mono middle", x(row.time()), y - 8, row.text("spent"));
    }

    private void drawWatermark(Instant watermark, double y, Svg svg) {
        double x = Math.min(x(watermark), RIGHT);
        svg.line("mark", x, y - 6, x, y + BAR + 6);
        svg.text("mono marktext middle", x, y + BAR + 20, Clock.HOURS.text(watermark) + (x < RIGHT ? "" : " →"));
    }

    private void axis(Svg svg, double y) {
        svg.line("axis", LEFT, y, RIGHT, y);
        for (Instant tick = from; !tick.isAfter(to); tick = tick.plus(Duration.ofMinutes(10))) {
            svg.line("grid", x(tick), TOP, x(tick), y);
            svg.text("small middle", x(tick), y + 16, Clock.HOURS.text(tick));
        }
        svg.text("small end", RIGHT, y + 34, "event time, UTC");
    }

    private double x(Instant time) {
        double share = (double) Duration.between(from, time).toSeconds()
                / Duration.between(from, to).toSeconds();
        return LEFT + share * (RIGHT - LEFT);
    }

    /** Of all customers. */
    private List<Session> sessions(List<Arrival> rows) {
        List<Session> sessions = new ArrayList<>();
        Stream<Arrival> inOrder = rows.stream()
                .sorted(Comparator.comparing((Arrival row) -> row.text("customer"))
                        .thenComparing(Arrival::time));
        inOrder.forEach(row -> {
            int last = sessions.size() - 1;
            if (last >= 0 && sessions.get(last).takes(row)) {
                sessions.set(last, sessions.get(last).with(row));
            } else {
                sessions.add(new Session(
                        row.text("customer"), row.time(), row.time(), row.time().plus(gap)));
            }
        });
        return sessions;
    }

    private static void verify(List<Session> sessions, Trace.Event told, int event) {
        assertThat(sessions.stream().filter(session -> session.isOpen(told.watermark())))
                .as("sessions open after batch %d", event + 1)
                .hasSize((int) told.state());
        assertThat(sessions.stream().filter(session -> !session.isOpen(told.watermark())))
                .extracting(Session::first)
                .as("sessions emitted by batch %d", event + 1)
                .isEqualTo(told.out().stream().map(row -> row.getInstant(1)).toList());
    }

    private record Session(String customer, Instant first, Instant last, Instant end) {

        boolean takes(Arrival row) {
            return row.text("customer").equals(customer) && !row.time().isAfter(end);
        }

        Session with(Arrival row) {
            return new Session(customer, first, row.time(), row.time().plus(Duration.between(last, end)));
        }

        boolean isOpen(Instant watermark) {
            return watermark.isBefore(end);
        }
    }
}
