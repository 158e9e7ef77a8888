package workbook.race;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What was measured in a run of a contestant, or in several.
 *
 * @param measures without those that were not measured
 * @param problem why a run was not finished; empty if it was
 */
record Result(Map<Measure, Double> measures, Faults faults, String problem) {

    static Result failed(String problem) {
        return new Result(Map.of(), Faults.NONE, problem);
    }

    /** The median of each measure in the runs that have it, and the faults of all. */
    static Result median(List<Result> runs) {
        return new Result(
                measures(runs, 1, sorted -> (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2),
                runs.stream().map(Result::faults).reduce(Faults.NONE, Faults::plus),
                runs.stream()
                        .map(Result::problem)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(""));
    }

    /** The lowest value of each measure that two runs or more have. */
    static Result lowest(List<Result> runs) {
        return new Result(measures(runs, 2, sorted -> sorted[0]), Faults.NONE, "");
    }

    /** The highest value of each measure that two runs or more have. */
    static Result highest(List<Result> runs) {
        return new Result(measures(runs, 2, sorted -> sorted[sorted.length - 1]), Faults.NONE, "");
    }

    private static Map<Measure, Double> measures(List<Result> runs, int least, ToDoubleFunction<double[]> value) {
        Map<Measure, Double> measures = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            double[] sorted = runs.stream()
                    .map(run -> run.measures().get(measure))
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            if (sorted.length >= least) {
                measures.put(measure, value.applyAsDouble(sorted));
            }
        }
        return measures;
    }

    /** {@code p50 0.8 ms, p99 12 ms}: what was measured. */
    @Override
    public String toString() {
        return measures.keySet().stream()
                .map(measure -> measure.title + " " + text(measure) + " " + measure.unit)
                .collect(Collectors.joining(", "));
    }

    /** The measure as the report prints it: {@code 0.8}, {@code 34,800}, or {@code -} if there is none. */
    String text(Measure measure) {
        Double value = measures.get(measure);
        return value == null ? "-" : String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
    }
}
