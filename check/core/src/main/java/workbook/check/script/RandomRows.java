package workbook.check.script;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Random rows of a schema: ordinary rows, and among them every kind of value that breaks a careless answer.
 *
 * <pre>{@code
 * RandomRows.of(Payment.SCHEMA)
 *         .times("22:30", Duration.ofMinutes(50), Duration.ofMinutes(20))
 *         .near("amount", "100.00")
 *         .notNull("id", "time")
 * }</pre>
 *
 * <p>A column has these <b>special values</b>, each of them in at least one row if there are enough rows, and never two in
 * one row:
 *
 * <table>
 * <caption>Special values</caption>
 * <tr><td>any type</td><td>null</td></tr>
 * <tr><td>numbers</td><td>0, the smallest steps above and below 0, three billion steps, which an int cannot count, the
 *     limits of the type (of a double ±1e18)</td></tr>
 * <tr><td>strings</td><td>empty, blank, umlauts, the same in capital letters, a comma, a quote, a tab</td></tr>
 * <tr><td>timestamps</td><td>the first and the last moment of the batch's range, its full hours, and one tick beside
 *     them</td></tr>
 * </table>
 *
 * <p>Other values are frequent or rare: of 300 rows, about a hundred have the same key, and some sixty a key of their own.
 * One amount in six is negative. One time in six is equal to an earlier one or in the same second. One row in twelve is a
 * copy of an earlier row, and one in twelve a copy with one other value.
 *
 * <p>A checkpoint that excludes a kind of value says why: its task excludes it.
 */
public final class RandomRows {

    /** Days on which clocks change in Europe and in the USA, ends of a year and of February; some are in the future. */
    static final List<LocalDate> DAYS = Stream.of(
                    "2026-03-29",
                    "2026-10-25",
                    "2026-03-08",
                    "2026-11-01",
                    "2025-12-31",
                    "2028-02-29",
                    "2026-02-28",
                    "2029-06-17")
            .map(LocalDate::parse)
            .toList();

    final Schema schema;
    final Map<String, List<Object>> only = new HashMap<>();
    final Map<String, List<Object>> added = new HashMap<>();
    final Map<String, NumberRange> ranges = new HashMap<>();
    final Set<String> notNull = new HashSet<>();
    final Set<String> unique = new HashSet<>();
    final List<Duration> apart = new ArrayList<>();
    boolean hasCopies = true;
    LocalTime from = LocalTime.of(20, 0);
    Duration length = Duration.ofHours(8);
    Duration step = Duration.ZERO;
    Duration tick = Duration.of(1, ChronoUnit.MICROS);
    private LocalDate day;
    private BiFunction<Random, ScriptRow, ScriptRow> conversion = (random, row) -> row;
    private BiPredicate<ScriptRow, ScriptRow> excluded = (row, earlier) -> false;

    private RandomRows(Schema schema) {
        this.schema = schema;
    }

    /** The smallest and the largest number of a column. */
    record NumberRange(BigDecimal least, BigDecimal greatest) {

        boolean contains(BigDecimal number) {
            return number.compareTo(least) >= 0 && number.compareTo(greatest) <= 0;
        }
    }

    /** Rows of this schema. */
    public static RandomRows of(Schema schema) {
        return new RandomRows(schema);
    }

    /** Rows of this schema, written as in SQL. */
    public static RandomRows of(String schema) {
        return of(Schema.of(schema));
    }

    /** Excludes null from these columns; without arguments, from all. */
    public RandomRows notNull(String... columns) {
        notNull.addAll(columns.length == 0 ? schema.names() : List.of(columns));
        return this;
    }

    /** Makes the values of a column of type INT or BIGINT differ in all rows. A copy gets a new value, too. */
    public RandomRows unique(String column) {
        unique.add(column);
        return this;
    }

    /** Excludes copies of rows. */
    public RandomRows withoutCopies() {
        hasCopies = false;
        return this;
    }

    /** Draws the values of a column from these only, and null unless it is excluded. */
    public RandomRows oneOf(String column, Object... values) {
        only.put(column, parsed(column, values));
        return this;
    }

    /** Limits the numbers of a column. Both limits occur. */
    public RandomRows between(String column, Object least, Object greatest) {
        ranges.put(column, new NumberRange(new BigDecimal(least.toString()), new BigDecimal(greatest.toString())));
        return this;
    }

    /** Adds special values of a column: each of these, a tick less and a tick more, and the opposite of a number. */
    public RandomRows near(String column, Object... bounds) {
        added.computeIfAbsent(column, name -> new ArrayList<>()).addAll(parsed(column, bounds));
        return this;
    }

    /** Adds rows that differ from an earlier one in their times only: by exactly this gap, a tick less and a tick more. */
    public RandomRows apart(Duration gap) {
        apart.addAll(List.of(gap, gap.minus(tick), gap.plus(tick)));
        return this;
    }

    /**
     * Sets the range of all timestamps: those of a batch are from its start, included, to its end, excluded. The day of
     * the first start is one of eight, such as one on which clocks change; the seed decides. The default is from 20:00 for
     * eight hours, all batches the same.
     *
     * @param from the start of the first batch, UTC, such as {@code 22:30}
     * @param length from the start of a batch to its end
     * @param step from the start of a batch to that of the next
     */
    public RandomRows times(String from, Duration length, Duration step) {
        this.from = LocalTime.parse(from);
        this.length = length;
        this.step = step;
        return this;
    }

    /** Sets the same range of timestamps for all batches. */
    public RandomRows times(String from, Duration length) {
        return times(from, length, Duration.ZERO);
    }

    /** Sets the day of the first start, if the checkpoint depends on it. */
    public RandomRows on(LocalDate day) {
        this.day = day;
        return this;
    }

    /** Sets the precision of times; the default is a microsecond, which is Spark's. */
    public RandomRows tick(Duration tick) {
        this.tick = tick;
        return this;
    }

    /**
     * Converts each row to one of another schema, such as a payment to a record of a topic. The function may draw further
     * random numbers.
     */
    public RandomRows converted(BiFunction<Random, ScriptRow, ScriptRow> conversion) {
        this.conversion = conversion;
        return this;
    }

    /**
     * Omits a row that the task excludes because of an earlier one, such as a second row of the same time. A batch may then
     * have fewer rows.
     *
     * @param excluded gets a row and an earlier row
     */
    public RandomRows without(BiPredicate<ScriptRow, ScriptRow> excluded) {
        this.excluded = excluded;
        return this;
    }

    /** Generates the rows of one batch. */
    public List<ScriptRow> rows(Random random, int count) {
        return batches(random, 1, count).get(0);
    }

    /** Generates batches of as many rows each. The same random numbers generate the same rows. */
    public List<List<ScriptRow>> batches(Random random, int batches, int rows) {
        LocalDate first = day == null ? DAYS.get(random.nextInt(DAYS.size())) : day;
        Instant start = first.atTime(from).toInstant(ZoneOffset.UTC);
        return allowed(new RandomBatches(this, random, start).generate(batches, rows)).stream()
                .map(batch ->
                        batch.stream().map(row -> conversion.apply(random, row)).toList())
                .toList();
    }

    private List<List<ScriptRow>> allowed(List<List<ScriptRow>> batches) {
        List<ScriptRow> earlier = new ArrayList<>();
        return batches.stream()
                .map(batch -> batch.stream()
                        .filter(row -> earlier.stream().noneMatch(other -> excluded.test(row, other)))
                        .peek(earlier::add)
                        .toList())
                .toList();
    }

    private List<Object> parsed(String column, Object... values) {
        Type type = schema.field(schema.index(column)).type();
        Literals literals = new Literals(Script.DAY);
        return Stream.of(values).map(value -> literals.value(value, type)).toList();
    }
}
