package workbook.check.memory;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import workbook.check.script.ScriptRow;

/** The model answer for {@link SalesScripts}, for one shop, on {@link MemoryEngine}. */
final class HourlyTotals implements MemoryQuery {

    @Override
    public List<ScriptRow> process(Map<String, List<ScriptRow>> in, State state) {
        state.dropped = 0;
        List<ScriptRow> sales = in.values().stream().flatMap(List::stream).toList();
        sales.forEach(sale -> add(sale, state));
        sales.stream()
                .map(sale -> sale.getInstant(1).minus(Duration.ofMinutes(10)))
                .filter(time -> state.watermark == null || time.isAfter(state.watermark))
                .max(Instant::compareTo)
                .ifPresent(time -> state.watermark = time);
        return closed(state);
    }

    private static void add(ScriptRow sale, State state) {
        Instant hour = sale.getInstant(1).truncatedTo(ChronoUnit.HOURS);
        if (isOver(hour, state)) {
            state.dropped++;
        } else {
            state.rows.merge(hour, sale.getDecimal(2), (a, b) -> ((BigDecimal) a).add((BigDecimal) b));
        }
    }

    private static List<ScriptRow> closed(State state) {
        List<ScriptRow> closed = new ArrayList<>();
        state.rows
                .entrySet()
                .removeIf(hour -> isOver((Instant) hour.getKey(), state)
                        && closed.add(ScriptRow.of(hour.getKey(), "north", hour.getValue())));
        return closed;
    }

    private static boolean isOver(Instant hour, State state) {
        return state.watermark != null && !hour.plus(Duration.ofHours(1)).isAfter(state.watermark);
    }
}
