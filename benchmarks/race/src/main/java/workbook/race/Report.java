package workbook.race;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.kit.TextTable;
import workbook.race.Contestant.Change;

/** Prints the race as tables. */
final class Report {

    private static final TextTable RESULTS =
            new TextTable("%-14s %-13s %-14s" + " %9s".repeat(Measure.values().length) + "  %s");
    private static final TextTable MEANINGS = new TextTable("%-10s %s");

    private Report() {}

    static void print(Settings settings, Map<Contestant, List<Result>> runs) {
        for (Job job : Job.values()) {
            List<Contestant> contestants =
                    runs.keySet().stream().filter(one -> one.job() == job).toList();
            if (!contestants.isEmpty()) {
                System.out.println("\n" + job.title());
                row("", "", "", measure -> measure.title, "");
                row("engine", "settings", "guarantee", measure -> measure.unit, "results");
                contestants.forEach(one -> rows(one, runs.get(one)));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%nLowest rate %,d payments/s; the backlog has %d and a half hours with %,d payments each%n",
                settings.rate(),
                settings.hours(),
                settings.perHour());
        runs.keySet().stream()
                .filter(one -> one.oneIn() > 1)
                .forEach(one -> System.out.printf("%s: one in %d of these payments%n", one, one.oneIn()));
        MEANINGS.row(
                "latency",
                "of a row: since the payment that made its hour due was sent; of a score: since its payment was");
        Stream.of(Measure.values()).forEach(one -> MEANINGS.row(one.title, one.meaning));
        MEANINGS.row(
                "results",
                "at the rates that it holds; rows are compared with a loop over the payments, scores counted");
        System.out.println("\nSettings that differ from the engine's defaults");
        runs.keySet().stream()
                .flatMap(one -> one.changes().stream())
                .distinct()
                .forEach(change -> print(change, runs.keySet()));
    }

    private static void print(Change change, Set<Contestant> contestants) {
        String names = contestants.stream()
                .filter(one -> one.changes().contains(change))
                .map(Contestant::toString)
                .collect(Collectors.joining("; "));
        System.out.printf("%s%n    %s%n    %s%n", change, change.why(), names);
    }

    private static void rows(Contestant contestant, List<Result> runs) {
        Result median = Result.median(runs);
        row(
                contestant.engine(),
                contestant.setting(),
                contestant.guarantee(),
                median::text,
                median.problem().isEmpty() ? median.faults().toString() : median.problem());
        if (runs.size() > 1) {
            row("", "", "  lowest", Result.lowest(runs)::text, "");
            row("", "", "  highest", Result.highest(runs)::text, "");
        }
    }

    private static void row(
            String engine, String setting, String guarantee, Function<Measure, String> cell, String results) {
        Stream<String> cells = Stream.of(Measure.values()).map(cell);
        RESULTS.row(Stream.of(Stream.of(engine, setting, guarantee), cells, Stream.of(results))
                .flatMap(Function.identity())
                .toArray());
    }
}
