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

/** Plays one run of a nightly DAG. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Five tasks in a night: every change of a state, and the states at the end.")
public class TheNight implements Callable<Integer> {

    @Option(names = "--fail", description = "a task whose tries all fail")
    String failing;

    /** How many minutes each task takes. */
    private static final Map<String, Integer> MINUTES =
            Map.of("ingest", 12, "check", 3, "archive", 8, "load", 25, "report", 5);

    /** The tasks, and what each waits for. */
    public static Dag dag() {
        Retries once = new Retries(1, Duration.ofMinutes(5), false, Duration.ZERO);
        return Dag.of(
                Task.of("ingest"),
                Task.of("check").after("ingest").with(once),
                Task.of("archive").after("ingest"),
                Task.of("load").after("check"),
                Task.of("report").after("load"));
    }

    @Override
    public Integer call() {
        Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
        Run run = Run.over(midnight.minus(Duration.ofDays(1)), midnight);
        Work work = (task, of, number) ->
                Outcome.of(task.equals(failing) ? "failed" : "success").taking(Duration.ofMinutes(MINUTES.get(task)));
        Night night = NightRunner.play(dag(), work, List.of(run));

        TextTable lines = new TextTable("%s  %-8s  %s");
        night.changes().stream()
                .filter(change -> change.state() != TaskState.SCHEDULED)
                .forEach(change -> lines.row(ClockTime.of(change.at()), change.task(), change.state()));

        Night.Result result = night.results().get(0);
        TextTable table = new TextTable("%-8s  %-16s  %s");
        System.out.println();
        table.row("task", "state", "tries");
        result.states()
                .forEach((task, state) -> table.row(task, state, result.tries().get(task)));
        table.row("the run", result.state(), "");
        return 0;
    }

    public static void main(String... args) {
        Program.run(new TheNight(), args);
    }
}
