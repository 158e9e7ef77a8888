package workbook.evaluate.month;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The score as a self-contained web page. The template escapes all values, and the page's content security policy
 * blocks scripts and requests.
 */
final class HtmlReport {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    final Score score;
    final List<Calendar.MonthTable> calendar;
    final List<RecognizedMisconception> misconceptions;
    final List<Chart> charts;

    /** Shows only the day of a time. */
    final Mustache.Lambda day = (time, out) -> out.write(time.execute().substring(0, "uuuu-MM-dd".length()));

    private HtmlReport(Score score) {
        this.score = score;
        this.calendar = Calendar.of(score.pace());
        this.misconceptions = score.misconceptions();
        this.charts = score.capstone().run().map(RunCharts::of).orElse(List.of());
    }

    static String of(Score score) {
        Template template = Mustache.compiler()
                .withFormatter(HtmlReport::text)
                .withLoader(HtmlReport::resource)
                .withCollector(new Optionals())
                .emptyStringIsFalse(true)
                .compile(resource("month.html"));
        return template.execute(new HtmlReport(score));
    }

    boolean hasMisconceptions() {
        return !misconceptions.isEmpty();
    }

    /** A summary of the calendar. */
    String summary() {
        List<Pace.Day> days = score.pace().days();
        return days.isEmpty()
                ? "No attempts yet."
                : "%d attempts on %d days, %d exercises solved."
                        .formatted(
                                score.pace().attempts(),
                                days.size(),
                                days.stream().mapToInt(Pace.Day::solved).sum());
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return Points.text(number);
        }
        if (value instanceof ZoneId zone) {
            return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.toString();
        }
        return value instanceof Instant time ? TIME.format(time) : value.toString();
    }

    /** Treats an {@link Optional} as a list of one element or none. */
    private static final class Optionals extends DefaultCollector {
        @Override
        public Iterator<?> toIterator(Object value) {
            return value instanceof Optional<?> optional ? optional.stream().iterator() : super.toIterator(value);
        }
    }

    private static Reader resource(String name) {
        var resource = HtmlReport.class.getResourceAsStream("/workbook/evaluate/month/" + name);
        if (resource == null) {
            throw new IllegalStateException("The template " + name + " of the report is missing.");
        }
        return new InputStreamReader(resource, StandardCharsets.UTF_8);
    }
}
