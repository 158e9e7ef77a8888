package workbook.check.difference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains a difference by rules over the rows of a failed batch and of the others, the most specific first. */
public final class DifferenceExplanation {

    private static final int MOST = 3;

    private final FailedBatch batch;
    private final Unequal rows;
    private final Optional<Pairs> pairs;

    private DifferenceExplanation(FailedBatch batch) {
        this.batch = batch;
        rows = Unequal.of(batch.output());
        pairs = Pairs.of(rows, batch.columns().size());
    }

    /** At most three sentences; none if no rule holds for all rows that differ. */
    public static List<Remark> of(FailedBatch batch) {
        DifferenceExplanation explanation = new DifferenceExplanation(batch);
        return shown(explanation.all(), explanation);
    }

    /**
     * Explains input that was reduced.
     *
     * @param whole the same before it was reduced: what does not hold there is not said, and only there do enough rows
     *     show what they have in common
     */
    public static List<Remark> of(FailedBatch reduced, FailedBatch whole) {
        DifferenceExplanation few = new DifferenceExplanation(reduced);
        DifferenceExplanation many = new DifferenceExplanation(whole);
        Set<String> hold = Stream.concat(many.general(), many.likelyNumbers())
                .map(Remark::kind)
                .collect(Collectors.toSet());
        List<Remark> general = Stream.concat(few.general(), few.likelyNumbers())
                .filter(remark -> hold.contains(remark.kind()))
                .toList();
        Stream<Remark> ofInput = general.stream().noneMatch(Remark::tellsMore) ? few.ofInput() : Stream.empty();
        return shown(Stream.concat(general.stream(), ofInput), many);
    }

    private Stream<Remark> all() {
        List<Remark> ofInput = ofInput().toList();
        Stream<Remark> numbers = ofInput.isEmpty() ? likelyNumbers() : ofInput.stream();
        return Stream.concat(general(), numbers);
    }

    /** These sentences, and what rows have in common; what only one row has may be chance, if there is another reason. */
    private static List<Remark> shown(Stream<Remark> remarks, DifferenceExplanation whole) {
        Set<String> kinds = new LinkedHashSet<>();
        List<Remark> all = new ArrayList<>(
                remarks.filter(remark -> kinds.add(remark.kind())).toList());
        if (whole.rows.size() > 1 || all.stream().noneMatch(Remark::tellsMore)) {
            whole.inCommon().forEach(all::add);
        }
        boolean tellsMore = all.stream().anyMatch(Remark::tellsMore);
        return all.stream()
                .filter(remark -> remark.tellsMore() || !tellsMore)
                .limit(MOST)
                .toList();
    }

    /** What holds independently of the number of rows. */
    private Stream<Remark> general() {
        return Stream.of(
                        new BatchRules(batch, rows).remarks(),
                        values(),
                        new MetricRules(batch, rows).remarks(),
                        onlyColumns())
                .flatMap(remarks -> remarks);
    }

    private Stream<Remark> values() {
        return Stream.concat(
                pairs.flatMap(Pairs::column).stream()
                        .flatMap(column -> new ValueRules(name(column), column, pairs.get()).remarks()),
                numbers().flatMap(NumberRules::certain));
    }

    private Stream<Remark> likelyNumbers() {
        return numbers().flatMap(NumberRules::likely);
    }

    private Stream<NumberRules> numbers() {
        return pairs.flatMap(Pairs::column).stream()
                .flatMap(column -> pairs.get().values(BigDecimal.class).stream()
                        .map(numbers -> new NumberRules(name(column), numbers)));
    }

    /** What explains a number by the rows of the input. */
    private Stream<Remark> ofInput() {
        return pairs.flatMap(Pairs::column).stream()
                .flatMap(column ->
                        new AggregateRules(batch, name(column), column, pairs.get(), new Sources(batch)).remarks());
    }

    private Stream<Remark> inCommon() {
        return new CommonTraits(batch, rows, pairs).remarks();
    }

    private Stream<Remark> onlyColumns() {
        return pairs.filter(found -> found.columns().size() < batch.columns().size()).stream()
                .map(found -> found.columns().stream()
                        .map(this::name)
                        .map(Words::code)
                        .toList())
                .map(Remark::ofColumns);
    }

    private String name(int column) {
        return batch.columns().get(column);
    }
}
