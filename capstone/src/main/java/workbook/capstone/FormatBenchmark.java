package workbook.capstone;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import workbook.capstone.format.Encoding;

/**
 * {@code ./jbang fraud --bench --formats}: measures a backlog as JSON and as Avro, in turn and in one JVM, and prints the
 * ratios. The first of the rounds warms the JVM up and does not count.
 */
final class FormatBenchmark {

    private static final int ROUNDS = 4;

    private record Round(Backlog.Rates json, Backlog.Rates avro) {

        double ratio(ToDoubleFunction<Backlog.Rates> query) {
            return query.applyAsDouble(avro) / query.applyAsDouble(json);
        }
    }

    private final Backlog backlog;
    private final List<Round> rounds = new ArrayList<>();

    FormatBenchmark(Backlog backlog) {
        this.backlog = backlog;
    }

    /** Runs the benchmark. */
    void run() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = new Round(measure(Encoding.JSON), measure(Encoding.AVRO));
            if (i > 0) {
                rounds.add(round);
            }
        }
        System.out.printf("%navro / json, in %d rounds after the first%n", rounds.size());
        print("scoring", Backlog.Rates::scoring);
        print("lake", Backlog.Rates::lake);
        print("features", Backlog.Rates::features);
    }

    private Backlog.Rates measure(Encoding encoding) throws Exception {
        System.out.print(encoding + ": ");
        return backlog.measure(encoding);
    }

    private void print(String query, ToDoubleFunction<Backlog.Rates> rate) {
        StringBuilder ratios = new StringBuilder();
        rounds.forEach(round -> ratios.append(String.format(Locale.ROOT, "  %.2f", round.ratio(rate))));
        System.out.printf("  %-12s%s%n", query, ratios);
    }
}
