package workbook.check.script;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Generates the batches of {@link RandomRows}. */
final class RandomBatches {

    private final RandomRows settings;
    private final Random random;
    private final Instant start;
    private final List<RandomColumn> columns;
    private final List<Object[]> earlier = new ArrayList<>();

    /** @param start where the range of the first batch begins */
    RandomBatches(RandomRows settings, Random random, Instant start) {
        this.settings = settings;
        this.random = random;
        this.start = start;
        columns = settings.schema.fields().stream()
                .map(field -> new RandomColumn(settings, field, random))
                .toList();
    }

    List<List<ScriptRow>> generate(int batches, int rows) {
        Map<Integer, Special> specials = specials(batches, rows);
        return IntStream.range(0, batches)
                .mapToObj(batch -> IntStream.range(batch * rows, (batch + 1) * rows)
                        .mapToObj(position -> row(range(batch), specials.get(position)))
                        .toList())
                .toList();
    }

    private record Special(int column, Object value) {}

    /** Gives each special value a row of its own, as far as there are rows. A time gets a row of a batch that has it. */
    private Map<Integer, Special> specials(int batches, int rows) {
        Map<Integer, Special> specials = new HashMap<>();
        List<Integer> positions =
                new ArrayList<>(IntStream.range(0, batches * rows).boxed().toList());
        Collections.shuffle(positions, random);
        for (int column = 0; column < columns.size(); column++) {
            for (Object value : columns.get(column)
                    .specials(IntStream.range(0, batches).mapToObj(this::range).toList())) {
                int at = column;
                positions.stream()
                        .filter(position -> range(position / rows).admits(value))
                        .findFirst()
                        .ifPresent(position -> {
                            specials.put(position, new Special(at, value));
                            positions.remove(position);
                        });
            }
        }
        return specials;
    }

    private TimeRange range(int batch) {
        Instant from = start.plus(settings.step.multipliedBy(batch));
        return new TimeRange(from, from.plus(settings.length), settings.tick);
    }

    private ScriptRow row(TimeRange range, Special special) {
        Object[] values = copyOrNew(range);
        if (special != null) {
            values[special.column()] = special.value();
        }
        earlier.add(values.clone());
        return ScriptRow.of(values);
    }

    private Object[] copyOrNew(TimeRange range) {
        int kind = earlier.isEmpty() ? 11 : random.nextInt(12);
        if (settings.hasCopies && kind < 2) {
            return copy(range, kind == 0);
        }
        return kind < 4 && !settings.apart.isEmpty() ? apart(range) : fresh(range);
    }

    private Object[] fresh(TimeRange range) {
        return columns.stream().map(column -> column.next(range, earlier)).toArray();
    }

    /** A copy of an earlier row, or a copy with one other value. Unique values and times outside the range are new. */
    private Object[] copy(TimeRange range, boolean isExact) {
        Object[] copy = anEarlierRow();
        int other = random.nextInt(copy.length);
        for (int i = 0; i < copy.length; i++) {
            if (columns.get(i).isUnique() || !range.admits(copy[i]) || !isExact && i == other) {
                copy[i] = columns.get(i).next(range, earlier);
            }
        }
        return copy;
    }

    /** A copy of an earlier row with other times; a new row if these are outside the range. */
    private Object[] apart(TimeRange range) {
        Duration gap = settings.apart.get(random.nextInt(settings.apart.size()));
        Object[] copy = anEarlierRow();
        for (int i = 0; i < copy.length; i++) {
            if (copy[i] instanceof Instant time) {
                copy[i] = random.nextBoolean() ? time.plus(gap) : time.minus(gap);
            }
            if (!range.admits(copy[i])) {
                return fresh(range);
            }
            if (columns.get(i).isUnique()) {
                copy[i] = columns.get(i).next(range, earlier);
            }
        }
        return copy;
    }

    private Object[] anEarlierRow() {
        return earlier.get(random.nextInt(earlier.size())).clone();
    }
}
