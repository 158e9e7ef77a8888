package workbook.recommend;

import java.util.Locale;
import java.util.stream.Collectors;

/** What a run has served, and how fast. */
final class Summary {

    private final Answers lists;
    private final Answers floor;
    private final long events;
    private final long served;
    private final int published;
    private final boolean hasFailed;
    private final boolean bench;

    Summary(Run run, boolean bench) throws InterruptedException {
        lists = run.client().lists();
        floor = run.client().floor();
        events = run.events();
        served = run.lists();
        published = run.published();
        hasFailed = run.hasFailed();
        this.bench = bench;
    }

    /** Whether each event has a list, and each request an answer. */
    boolean holds() {
        return !hasFailed && served >= events && errors() == 0 && lists.measured() > 0;
    }

    private long errors() {
        return lists.errors().values().stream().mapToLong(count -> count.sum()).sum();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "");
        line(text, "  events     %,d, with %,d lists", events, served);
        line(
                text,
                "  requests   %,d personal lists, %,d popular ones, %,d errors",
                lists.lists("personal"),
                lists.lists("popular"),
                errors());
        lists.errors().forEach((what, count) -> line(text, "             %,d × %s", count.sum(), what));
        line(
                text,
                "  versions   %s; %d published meanwhile",
                lists.versions().entrySet().stream()
                        .map(version -> String.format(
                                Locale.ROOT,
                                "%s %,d",
                                version.getKey(),
                                version.getValue().sum()))
                        .collect(Collectors.joining(", ")),
                published);
        if (hasFailed) {
            line(text, "  The stream has failed. WORKBOOK_LOG=warn shows why.");
        }
        return text + times();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }

    private String times() {
        String line = "  %-27s  %,8d  %8.1f ms  %8.1f ms  %8.1f ms%n";
        StringBuilder text = new StringBuilder();
        line(text, "");
        line(text, "  %-27s  %8s  %11s  %11s  %11s", "first seconds excluded", "requests", "p50", "p99", "max");
        if (bench) {
            text.append(times(line, "a handler that does nothing", floor));
        }
        return text + times(line, "recommendations", lists);
    }

    private static String times(String line, String name, Answers answers) {
        return String.format(
                Locale.ROOT,
                line,
                name,
                answers.measured(),
                answers.millis(50),
                answers.millis(99),
                answers.millis(100));
    }
}
