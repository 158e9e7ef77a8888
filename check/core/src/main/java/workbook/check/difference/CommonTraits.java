package workbook.check.difference;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What all rows that differ have in common, and no other row has: in their own columns, or in their input. */
final class CommonTraits {

    /** A value shared by fewer rows may be chance. */
    private static final int SEVERAL = 2;

    private final FailedBatch batch;
    private final List<ValueRow> differing;
    private final List<ValueRow> others;
    private final List<Integer> except;
    private final String subject;
    private final Sources sources;

    /** @param pairs if rows differ in a column only */
    CommonTraits(FailedBatch batch, Unequal rows, Optional<Pairs> pairs) {
        this.batch = batch;
        sources = new Sources(batch);
        others = rows.equal();
        except = pairs.map(Pairs::columns).orElse(List.of());
        if (pairs.isPresent()) {
            differing = pairs.get().expected();
            subject = "differing";
        } else {
            differing = rows.missing().isEmpty() ? rows.extra() : rows.missing();
            subject = rows.missing().isEmpty() ? "unexpected" : "missing";
        }
    }

    /** A trait, as {@code have null in `customer`}. */
    private record Trait<T>(String phrase, Predicate<T> holds) {}

    Stream<Remark> remarks() {
        if (differing.isEmpty() || others.isEmpty()) {
            return Stream.empty();
        }
        return Stream.<Supplied>of(this::ofValues, this::ofInput, this::sameValue)
                .flatMap(rule -> rule.remark().stream())
                .limit(1);
    }

    private interface Supplied {
        Optional<Remark> remark();
    }

    private Optional<Remark> ofValues() {
        return columns()
                .flatMap(column -> kinds(batch.columns().get(column), "have ")
                        .map(kind -> new Trait<ValueRow>(
                                kind.phrase(), row -> kind.holds().test(row.get(column)))))
                .filter(trait -> tellsApart(differing, others, trait.holds()))
                .findFirst()
                .map(trait -> remark(trait.phrase()));
    }

    /** All have the same value in a column. */
    private Optional<Remark> sameValue() {
        if (differing.size() < SEVERAL || others.size() < SEVERAL) {
            return Optional.empty();
        }
        return columns()
                .filter(column -> {
                    Object value = differing.get(0).get(column);
                    return tellsApart(differing, others, row -> Objects.equals(row.get(column), value));
                })
                .findFirst()
                .map(column -> remark("have " + differing.get(0).cells().get(column) + " in "
                        + Words.code(batch.columns().get(column))));
    }

    private Optional<Remark> ofInput() {
        return sources.inputs().stream()
                .flatMap(input -> ofInput(input).stream())
                .findFirst()
                .map(trait -> remark(trait.phrase()));
    }

    private Optional<Trait<List<InputRow>>> ofInput(String input) {
        List<String> shared = sources.shared(input, except);
        Function<ValueRow, List<InputRow>> group = row -> sources.of(row, input, shared);
        List<List<InputRow>> ofDiffering = differing.stream().map(group).toList();
        if (shared.isEmpty() || ofDiffering.contains(List.of())) {
            return Optional.empty();
        }
        List<List<InputRow>> ofOthers = others.stream().map(group).toList();
        return traits(input, shared)
                .filter(trait -> tellsApart(ofDiffering, ofOthers, trait.holds()))
                .findFirst();
    }

    private Stream<Trait<List<InputRow>>> traits(String input, List<String> shared) {
        List<String> columns = sources.columns(input);
        Stream<Trait<List<InputRow>>> ofValues = IntStream.range(0, columns.size())
                .filter(i -> !shared.contains(columns.get(i)))
                .boxed()
                .flatMap(i -> kinds(columns.get(i), "have input with ")
                        .map(kind -> new Trait<>(
                                kind.phrase(),
                                group -> group.stream()
                                        .anyMatch(source ->
                                                kind.holds().test(source.row().get(i))))));
        Stream<Trait<List<InputRow>>> ofTimes = IntStream.range(0, columns.size())
                .boxed()
                .flatMap(i -> Stream.of(
                        new Trait<>(
                                "have input rows with the same " + Words.code(columns.get(i)),
                                group -> isRepeated(times(group, i))),
                        new Trait<>(
                                "have input rows in the same second",
                                group -> isRepeated(
                                        times(group, i).map(time -> time.truncatedTo(ChronoUnit.SECONDS))))));
        Stream<Trait<List<InputRow>>> ofRows = Stream.of(
                new Trait<>(
                        "have input rows that are equal",
                        group -> isRepeated(
                                group.stream().map(source -> source.row().values()))),
                new Trait<>(
                        "come from batch " + batch.number() + " only",
                        group -> group.stream().allMatch(source -> source.batch() == batch.number())),
                new Trait<>(
                        "have input in several batches",
                        group -> group.stream().map(InputRow::batch).distinct().count() > 1));
        return Stream.of(ofValues, ofRows, ofTimes).flatMap(traits -> traits);
    }

    private static Stream<Instant> times(List<InputRow> group, int column) {
        return group.stream()
                .map(source -> source.row().get(column))
                .filter(Instant.class::isInstance)
                .map(Instant.class::cast);
    }

    private static boolean isRepeated(Stream<?> values) {
        List<?> all = values.toList();
        return all.stream().distinct().count() < all.size();
    }

    private static Stream<Trait<Object>> kinds(String column, String verb) {
        String name = Words.code(column);
        return Stream.of(
                new Trait<>(verb + "null in " + name, Objects::isNull),
                new Trait<>(
                        verb + "a negative " + name,
                        value -> value instanceof BigDecimal number && number.signum() < 0),
                new Trait<>(verb + "0 in " + name, value -> value instanceof BigDecimal number && number.signum() == 0),
                new Trait<>(verb + "a blank " + name, value -> value instanceof String text && text.isBlank()),
                new Trait<>(
                        verb + "a fraction of a second in " + name,
                        value -> value instanceof Instant time && time.getNano() != 0));
    }

    private static <T> boolean tellsApart(List<T> differing, List<T> others, Predicate<T> trait) {
        return differing.stream().allMatch(trait) && others.stream().noneMatch(trait);
    }

    private Stream<Integer> columns() {
        return IntStream.range(0, batch.columns().size())
                .filter(i -> !except.contains(i))
                .boxed();
    }

    private Remark remark(String phrase) {
        boolean isOne = differing.size() == 1;
        String predicate = isOne ? phrase.replaceFirst("^have", "has").replaceFirst("^come", "comes") : phrase;
        return new Remark(
                subject + " rows " + phrase,
                (isOne ? "The " + subject + " row " : "All " + differing.size() + " " + subject + " rows ") + predicate
                        + "; no other row does.");
    }
}
