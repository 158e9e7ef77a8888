package workbook.evaluate.month;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.evaluate.month.Chart.Dot;
import workbook.evaluate.month.Chart.Line;

/** The charts of a capstone run. */
final class RunCharts {

    /** The lower end of a logarithmic axis, which has no 0; measurements are coarser than a microsecond. */
    private static final double LEAST_MS = 0.001;

    private RunCharts() {}

    /** Latency by percentile and throughput by second; a chart without measurements is left out. */
    static List<Chart> of(CapstoneRun run) {
        List<Chart> charts = new ArrayList<>();
        if (!run.toScore().curve().isEmpty()) {
            charts.add(latency(run));
        }
        if (!run.scoredPerSecond().isEmpty()) {
            charts.add(throughput(run));
        }
        return charts;
    }

    private static Chart latency(CapstoneRun run) {
        List<Line> lines = Stream.of(curve("until scored", run.toScore()), curve("plain consumer", run.toBroker()))
                .filter(line -> !line.dots().isEmpty())
                .toList();
        double[] ms = lines.stream()
                .flatMap(line -> line.dots().stream())
                .mapToDouble(Dot::y)
                .sorted()
                .toArray();
        return new Chart(
                "Latency by percentile",
                String.format(
                        Locale.ROOT,
                        "50 %% of the payments are scored within %.1f ms, 99 %% within %.1f ms, all within %.1f ms.",
                        run.toScore().p50(),
                        run.toScore().p99(),
                        run.toScore().max()),
                Axis.percentiles("percentile of payments, %"),
                Axis.powersOfTen("ms", ms[0], ms[ms.length - 1]),
                lines);
    }

    private static Line curve(String name, CapstoneRun.Latencies latencies) {
        return new Line(
                name,
                latencies.curve().stream()
                        .map(at -> new Dot(at.percentile(), Math.max(LEAST_MS, at.ms())))
                        .toList());
    }

    private static Chart throughput(CapstoneRun run) {
        List<Double> rates = run.scoredPerSecond();
        List<Dot> dots = IntStream.range(0, rates.size())
                .mapToObj(i -> new Dot(i + 1, rates.get(i)))
                .toList();
        double max = rates.stream().mapToDouble(rate -> rate).max().orElse(0);
        return new Chart(
                "Throughput by second",
                String.format(
                        Locale.ROOT,
                        "%.0f payments per second on average, %.0f at most; %.0f requested.",
                        run.throughput(),
                        max,
                        run.rate()),
                Axis.linear("seconds", rates.size()),
                Axis.linear("payments/s", max),
                List.of(new Line("payments scored", dots)));
    }
}
