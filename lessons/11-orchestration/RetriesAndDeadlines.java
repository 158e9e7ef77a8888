///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
//SOURCES ../../kit/orchestration/src/main/java/workbook/kit/orchestration/*.java
package lesson11;

import java.time.*;
import java.util.*;
import java.util.concurrent.Callable;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.orchestration.*;

/** A load whose first tries fail after they have written: when it is tried again, when an alert is sent, and what is in the table. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Retries with back-off, a timeout, a deadline, and what they do to a table.")
public class RetriesAndDeadlines implements Callable<Integer> {

    @Option(names = "--failures", defaultValue = "2", description = "how many tries fail (${DEFAULT-VALUE})")
    int failures;

    @Option(names = "--minutes", defaultValue = "125", description = "how long a try takes (${DEFAULT-VALUE})")
    int minutes;

    @Option(
            names = "--timeout",
            defaultValue = "150",
            description = "minutes after which a try is ended (${DEFAULT-VALUE})")
    int timeout;

    private static final Duration SIX_HOURS = Duration.ofHours(6);

    /** The load is tried four times at most, after 5, 10 and 20 minutes, and the run should be done at six. */
    public static Dag dag(Duration timeout) {
        Retries retries = new Retries(3, Duration.ofMinutes(5), true, Duration.ofHours(1));
        return Dag.of(
                        Task.of("load").with(retries).within(timeout),
                        Task.of("publish").after("load"))
                .with(new Deadline(Deadline.Reference.QUEUED_AT, SIX_HOURS));
    }

    @Override
    public Integer call() {
        Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
        Run run = Run.at(midnight);
        List<Integer> appended = new ArrayList<>();
        Map<LocalDate, List<Integer>> replaced = new TreeMap<>();
        List<Integer> day = Collections.nCopies(500, 1);
        Work work = (task, of, number) -> {
            if (task.equals("load")) {
                appended.addAll(day);
                replaced.put(LocalDate.ofInstant(of.logicalDate(), ZoneOffset.UTC), day);
            }
            return Outcome.of(task.equals("load") && number <= failures ? "failed" : "success")
                    .taking(Duration.ofMinutes(task.equals("load") ? minutes : 10));
        };
        Night night = NightRunner.play(dag(Duration.ofMinutes(timeout)), work, List.of(run));
        print(night);
        System.out.printf(
                "%nrows of a day with 500: a load that appends has %,d, one that replaces the day has %,d%n",
                appended.size(), replaced.values().stream().mapToInt(List::size).sum());
        return 0;
    }

    private static void print(Night night) {
        SortedMap<Instant, List<String>> lines = new TreeMap<>();
        night.changes().stream()
                .filter(change -> change.state() != TaskState.SCHEDULED)
                .forEach(change -> line(
                        lines,
                        change.at(),
                        "%s, try %d: %s".formatted(change.task(), change.number(), change.state())));
        night.missed().forEach(missed -> line(lines, missed.at(), "the deadline is missed: the alert is sent"));
        Night.Result result = night.results().get(0);
        line(lines, result.end(), "the run: " + result.state());
        if (Duration.between(result.start(), result.end()).compareTo(SIX_HOURS) > 0) {
            line(lines, result.end(), "an SLA of Airflow 2 would be found missed now");
        }
        lines.forEach((at, texts) -> texts.forEach(text -> System.out.println(ClockTime.of(at) + "  " + text)));
    }

    private static void line(Map<Instant, List<String>> lines, Instant at, String text) {
        lines.computeIfAbsent(at, any -> new ArrayList<>()).add(text);
    }

    public static void main(String... args) {
        Program.run(new RetriesAndDeadlines(), args);
    }
}
