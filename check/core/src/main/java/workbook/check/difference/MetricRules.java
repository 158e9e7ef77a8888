package workbook.check.difference;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Metrics that are not as expected. */
record MetricRules(FailedBatch batch, Unequal rows) {

    private static final String STATE = "state";

    Stream<Remark> remarks() {
        return batch.metrics().stream()
                .flatMap(metric -> Stream.of(watermark(metric), growth(metric), more(metric))
                        .flatMap(Optional::stream)
                        .limit(1));
    }

    private static Optional<Remark> watermark(FailedMetric metric) {
        if (!(metric.expected() instanceof Instant expected && metric.actual() instanceof Instant actual)) {
            return Optional.empty();
        }
        String side = actual.isBefore(expected) ? "earlier" : "later";
        String text = "The " + metric.name() + " is " + Words.duration(Duration.between(expected, actual)) + " " + side
                + " than expected";
        return Optional.of(new Remark(text, text + "."));
    }

    /** The rows in state increase with each batch, or stay. */
    private static Optional<Remark> growth(FailedMetric metric) {
        List<BigDecimal> sizes = metric.history().stream()
                .filter(Number.class::isInstance)
                .map(size -> new BigDecimal(size.toString()))
                .toList();
        boolean isMore = metric.name().equals(STATE)
                && metric.expected() instanceof Number limit
                && metric.actual() instanceof Number found
                && found.longValue() > limit.longValue();
        boolean grows = sizes.size() > 1
                && IntStream.range(1, sizes.size()).allMatch(i -> sizes.get(i).compareTo(sizes.get(i - 1)) >= 0)
                && sizes.get(sizes.size() - 1).compareTo(sizes.get(0)) > 0;
        return isMore && grows
                ? Optional.of(new Remark(
                        "state grows",
                        "The state only grows: "
                                + sizes.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(", "))
                                + " rows after the batches so far."))
                : Optional.empty();
    }

    /** Only the number is wrong, not the output. */
    private Optional<Remark> more(FailedMetric metric) {
        if (!(metric.expected() instanceof Number expected
                && metric.actual() instanceof Number actual
                && batch.output().expected() != null
                && rows.isEmpty())) {
            return Optional.empty();
        }
        int compared = new BigDecimal(actual.toString()).compareTo(new BigDecimal(expected.toString()));
        String side = compared > 0 ? "higher" : "lower";
        return Optional.of(new Remark(
                metric.name() + " " + side,
                "The output is right, but " + metric.name() + " is " + actual + ", " + side + " than "
                        + (metric.isLimit() ? "allowed" : "expected") + "."));
    }
}
