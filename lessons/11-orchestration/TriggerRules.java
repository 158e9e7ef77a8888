///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
//SOURCES ../../kit/orchestration/src/main/java/workbook/kit/orchestration/*.java
package lesson11;

import java.time.*;
import java.util.*;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.orchestration.*;

/** The same three tasks under every trigger rule: two upstream tasks, and what becomes of the task after them. */
@Command(
        mixinStandardHelpOptions = true,
        description = "What becomes of a task, by its trigger rule and its upstream tasks.")
public class TriggerRules implements Callable<Integer> {

    @Option(
            names = "--when",
            description = "print when it is decided: one upstream task ends at 00:05, the other at 00:20")
    boolean when;

    /** What the two upstream tasks do. */
    private static final List<List<String>> CASES = List.of(
            List.of("success", "success"),
            List.of("success", "failed"),
            List.of("failed", "success"),
            List.of("failed", "failed"),
            List.of("success", "skipped"),
            List.of("failed", "skipped"),
            List.of("skipped", "skipped"));

    /** A join under a rule. */
    public static Dag dag(TriggerRule rule) {
        return Dag.of(
                Task.of("first"),
                Task.of("second"),
                Task.of("join").after("first", "second").when(rule));
    }

    @Override
    public Integer call() {
        TextTable table = new TextTable("%-27s" + "  %-8s".repeat(CASES.size()));
        table.row(cells("the first (00:05)", CASES.stream().map(states -> states.get(0))));
        table.row(cells("the second (00:20)", CASES.stream().map(states -> states.get(1))));
        for (TriggerRule rule : TriggerRule.values()) {
            table.row(cells(rule.toString(), CASES.stream().map(states -> cell(rule, states))));
        }
        return 0;
    }

    private static Object[] cells(String title, Stream<String> cells) {
        return Stream.concat(Stream.of(title), cells).toArray();
    }

    private String cell(TriggerRule rule, List<String> states) {
        Map<String, List<Outcome>> outcomes = Map.of(
                "first", List.of(Outcome.of(states.get(0)).taking(Duration.ofMinutes(5))),
                "second", List.of(Outcome.of(states.get(1)).taking(Duration.ofMinutes(20))));
        Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
        Run run = Run.at(midnight);
        Night night = NightRunner.play(dag(rule), Work.scripted(outcomes), List.of(run));
        Night.Change decision = night.changes().stream()
                .filter(change -> change.task().equals("join"))
                .findFirst()
                .orElseThrow();
        return when ? ClockTime.of(decision.at()) : text(decision.state());
    }

    private static String text(TaskState state) {
        return switch (state) {
            case SCHEDULED -> "runs";
            case UPSTREAM_FAILED -> "upstream";
            default -> state.toString();
        };
    }

    public static void main(String... args) {
        Program.run(new TriggerRules(), args);
    }
}
