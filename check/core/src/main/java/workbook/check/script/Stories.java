package workbook.check.script;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.check.explain.RandomRows;

/**
 * Stories that nobody wrote: random rows, in batches, and an oracle that says what must have come out in the end.
 *
 * <pre>{@code
 * Stories.of(Payment.SCHEMA)
 *         .columns("customer", "total")
 *         .mode("complete")
 *         .batches(3, 20, (random, batch) -> randomPayment(random))
 *         .play(onSpark(answer::totals), payments -> addedUpInALoop(payments));
 * }</pre>
 *
 * <p>What counts, in append mode, is all that came out; in complete mode, what the last batch put out; in update mode,
 * the newest row of each {@link #key}. It does not matter which batch said what: that is a matter for a {@link Script},
 * which also looks at the columns and should be played first.
 *
 * <p>The next batch comes in while one is being written, as in a stream that is busy: Spark runs a batch without data only
 * when all have come. What an answer puts out in the end must not depend on it.
 *
 * <p>In append mode, a stream with a watermark says what a table would say only if no row is too late, so let the rows
 * lag by less than the bound; and it is silent about windows that are open, so let an {@link #ending} far ahead close
 * them.
 *
 * <p>A story that goes wrong is made smaller for as long as it still goes wrong. The message shows it whole, with the
 * {@link Seed} that repeats it.
 */
public final class Stories {

    private static final int TRIES = 40;
    /** How long an answer that never rests may take for a batch. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String INPUT = "rows";
    /** Random rows may lie days apart. */
    private static final Times TIMES = new Times(false);

    private final Schema input;
    private Seed seed = Seed.next();
    private String mode = "append";
    private List<String> columns = List.of();
    private List<String> key = List.of();
    private List<StoryRow> ending = List.of();
    private int batches;
    private int rows;
    private Writer writer;
    private Duration shrinking = Duration.ofSeconds(10);

    private Stories(Schema input) {
        this.input = input;
    }

    /** Makes up one row. All that is random about it comes from the {@code Random}, so that a seed repeats it. */
    @FunctionalInterface
    public interface Writer {
        /** A row of the batch of this number, the first being 0. */
        StoryRow row(Random random, int batch);
    }

    /** Stories about a stream of rows of this schema. */
    public static Stories of(Schema input) {
        return new Stories(input);
    }

    /** Stories about a stream of rows of this schema, as SQL writes it. */
    public static Stories of(String input) {
        return of(Schema.of(input));
    }

    /** Where the random numbers come from; where nothing is said, a new seed, or {@code -Dseed=…}. */
    public Stories seed(Seed seed) {
        this.seed = seed;
        return this;
    }

    /** The output mode: append (where nothing is said), update or complete. */
    public Stories mode(String mode) {
        this.mode = mode;
        return this;
    }

    /** The names of the columns that come out. */
    public Stories columns(String... names) {
        return columns(List.of(names));
    }

    /** The names of the columns that come out. */
    public Stories columns(List<String> names) {
        this.columns = List.copyOf(names);
        return this;
    }

    /** For update mode: the columns by which a newer row replaces an older one. */
    public Stories key(String... names) {
        this.key = List.of(names);
        return this;
    }

    /** What comes in: so many batches of so many rows. */
    public Stories batches(int batches, int rows, Writer writer) {
        this.batches = batches;
        this.rows = rows;
        this.writer = writer;
        return this;
    }

    /** A last batch, of which the oracle is not told: it only moves the watermark. */
    public Stories ending(StoryRow... rows) {
        this.ending = List.copyOf(Arrays.asList(rows));
        return this;
    }

    /** How long a story that goes wrong may be made smaller; ten seconds where nothing is said. */
    Stories shrinking(Duration time) {
        this.shrinking = time;
        return this;
    }

    /**
     * Plays a story to an answer, and asks the oracle, a function of all rows that came in, about the outcome.
     *
     * @throws Mismatch if they differ; the message shows the smallest story found for which they do
     */
    public void play(Playable answer, UnaryOperator<List<StoryRow>> oracle) {
        Arrivals story = story();
        if (!firstOutcome(story, answer, oracle).isEqual()) {
            Arrivals smallest =
                    new Shrinker(smaller -> isWrong(smaller, answer, oracle), TRIES, shrinking).shrink(story);
            throw new Mismatch(difference(story, smallest, outcome(smallest, answer, oracle)));
        }
    }

    /** The story that the seed tells. */
    Arrivals story() {
        Random random = seed.random();
        return new Arrivals(IntStream.range(0, batches * rows)
                .mapToObj(i -> new Arrivals.Entry(i / rows, writer.row(random, i / rows)))
                .toList());
    }

    /** Whether a smaller story shows the difference as well; one that makes the query throw shows something else. */
    private boolean isWrong(Arrivals story, Playable answer, UnaryOperator<List<StoryRow>> oracle) {
        try {
            return !outcome(story, answer, oracle).isEqual();
        } catch (Exception e) { // Spark throws checked ones that it does not declare
            return false;
        }
    }

    private Comparison firstOutcome(Arrivals story, Playable answer, UnaryOperator<List<StoryRow>> oracle) {
        try {
            return outcome(story, answer, oracle);
        } catch (Throwable t) {
            t.addSuppressed(new RandomRows(seed.told()));
            throw t;
        }
    }

    private Comparison outcome(Arrivals story, Playable answer, UnaryOperator<List<StoryRow>> oracle) {
        return Comparison.inAnyOrder(result(played(story, answer)), oracle.apply(story.rows()), TIMES);
    }

    /** What each of the engine's batches put out. */
    private List<List<StoryRow>> played(Arrivals story, Playable answer) {
        Story frame = new Story("", mode, LocalDate.EPOCH, PATIENCE, Map.of(INPUT, input), columns, List.of());
        Columns out = new Columns(columns);
        try (EngineStage stage = answer.on(frame, out)) {
            stage.start();
            return stage
                    .feedAll(in(story).stream()
                            .map(batch -> Map.of(INPUT, batch))
                            .toList())
                    .stream()
                    .map(out::ordered)
                    .toList();
        }
    }

    /** What comes in, batch by batch. */
    private List<List<StoryRow>> in(Arrivals story) {
        List<List<StoryRow>> in = new ArrayList<>(story.batches());
        if (!ending.isEmpty()) {
            in.add(ending);
        }
        return in;
    }

    private List<StoryRow> result(List<List<StoryRow>> out) {
        return switch (mode) {
            case "append" -> out.stream().flatMap(List::stream).toList();
            case "complete" -> out.get(out.size() - 1);
            default -> newest(out);
        };
    }

    private List<StoryRow> newest(List<List<StoryRow>> out) {
        Map<List<Object>, StoryRow> newest = new LinkedHashMap<>();
        out.forEach(batch -> batch.forEach(row -> newest.put(keyOf(row), row)));
        return List.copyOf(newest.values());
    }

    private List<Object> keyOf(StoryRow row) {
        return key.stream().map(name -> row.get(columns.indexOf(name))).collect(Collectors.toList());
    }

    private Difference difference(Arrivals story, Arrivals smallest, Comparison outcome) {
        String heading = "of " + story.size() + " rows, " + smallest.size() + " suffice to go wrong, " + mode + " mode";
        Stream<Table> tables = Stream.concat(
                tables(in(smallest)),
                Stream.of(
                        Line.table("out", columns, outcome.out()),
                        Line.table("expected", columns, outcome.expected())));
        return new Difference(seed.told(), List.of(), heading, tables.toList(), List.of());
    }

    private Stream<Table> tables(List<List<StoryRow>> in) {
        return IntStream.range(0, in.size())
                .mapToObj(i -> Line.table("batch " + (i + 1), input.names(), Line.all(in.get(i), TIMES)));
    }
}
