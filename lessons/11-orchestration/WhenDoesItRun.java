///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
//SOURCES ../../kit/orchestration/src/main/java/workbook/kit/orchestration/*.java
package lesson11;

import java.time.*;
import java.time.format.DateTimeFormatter;
import java.util.*;
import java.util.concurrent.Callable;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.orchestration.*;
import workbook.kit.orchestration.Schedule.Timetable;

/** The runs of one daily schedule, read in two ways, with and without catch-up. */
@Command(mixinStandardHelpOptions = true, description = "Which runs a daily schedule makes, and what each is about.")
public class WhenDoesItRun implements Callable<Integer> {

    @Option(
            names = "--zone",
            defaultValue = "UTC",
            description = "the place of the schedule's midnight (${DEFAULT-VALUE})")
    ZoneId zone;

    @Option(names = "--start", defaultValue = "2026-03-26", description = "the first day (${DEFAULT-VALUE})")
    LocalDate start;

    private final TextTable table = new TextTable("%-10s  %-9s  %-12s  %-26s  %s");

    @Override
    public Integer call() {
        table.row("timetable", "catch-up", "logical date", "interval", "runs after");
        for (Timetable timetable : Timetable.values()) {
            Schedule schedule = new Schedule(timetable, LocalTime.MIDNIGHT, zone);
            System.out.println("switched on at noon of the third day");
            Run last = null;
            for (boolean catchup : new boolean[] {true, false}) {
                List<Run> due = schedule.due(day(0), catchup, null, noon(2));
                print(timetable, catchup ? "on" : "off", due);
                last = due.get(due.size() - 1);
            }
            System.out.println("then paused for three days");
            print(timetable, "on", schedule.due(day(0), true, last, noon(5)));
            print(timetable, "off", schedule.due(day(0), false, last, noon(5)));
            System.out.println("a backfill of the first two days");
            print(timetable, "", schedule.backfill(day(0), day(1)));
        }
        return 0;
    }

    private Instant day(int number) {
        return start.plusDays(number).atStartOfDay(zone).toInstant();
    }

    private Instant noon(int number) {
        return start.plusDays(number).atTime(12, 0).atZone(zone).toInstant();
    }

    private void print(Timetable timetable, String catchup, List<Run> runs) {
        String name = timetable.name().toLowerCase(Locale.ROOT);
        for (Run run : runs) {
            table.row(name, catchup, date(run.logicalDate()), interval(run.interval()), text(run.runAfter()));
        }
    }

    private String interval(Interval interval) {
        long hours = Duration.between(interval.start(), interval.end()).toHours();
        return hours == 0 ? "none" : date(interval.start()) + " to " + date(interval.end()) + ", " + hours + " h";
    }

    private String date(Instant instant) {
        return DateTimeFormatter.ofPattern("dd MMM", Locale.ROOT).withZone(zone).format(instant);
    }

    private String text(Instant instant) {
        return DateTimeFormatter.ofPattern("dd MMM HH:mm", Locale.ROOT)
                .withZone(zone)
                .format(instant);
    }

    public static void main(String... args) {
        Program.run(new WhenDoesItRun(), args);
    }
}
