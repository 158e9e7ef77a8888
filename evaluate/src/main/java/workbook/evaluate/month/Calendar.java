package workbook.evaluate.month;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The months with attempts, and the current one: a row for each day of the week, a column for each week. */
final class Calendar {

    private static final DateTimeFormatter TITLE = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
    private static final int LEVELS = 4;

    private final Map<LocalDate, Pace.Day> days;
    private final int most;

    /** The table of one month. */
    record MonthTable(String title, List<Row> rows) {}

    /** One day of the week in all weeks of a month. */
    record Row(String name, List<Cell> cells) {}

    /**
     * A day; days of other months are empty.
     *
     * @param level from 0, no attempts, to 4, the busiest day
     * @param text the day in words
     */
    record Cell(boolean isEmpty, int level, String text) {}

    private Calendar(List<Pace.Day> days) {
        this.days = days.stream().collect(Collectors.toMap(Pace.Day::date, Function.identity()));
        this.most = days.stream().mapToInt(Pace.Day::attempts).max().orElse(1);
    }

    static List<MonthTable> of(Pace pace) {
        Calendar calendar = new Calendar(pace.days());
        return Stream.concat(pace.days().stream().map(Pace.Day::date), Stream.of(pace.today()))
                .map(YearMonth::from)
                .distinct()
                .sorted()
                .map(calendar::sheet)
                .toList();
    }

    private MonthTable sheet(YearMonth month) {
        return new MonthTable(
                TITLE.format(month),
                Arrays.stream(DayOfWeek.values()).map(day -> row(month, day)).toList());
    }

    private Row row(YearMonth month, DayOfWeek day) {
        LocalDate monday = month.atDay(1).with(DayOfWeek.MONDAY);
        List<Cell> cells = new ArrayList<>();
        for (LocalDate week = monday; !week.isAfter(month.atEndOfMonth()); week = week.plusWeeks(1)) {
            LocalDate date = week.with(day);
            cells.add(YearMonth.from(date).equals(month) ? cell(date) : new Cell(true, 0, ""));
        }
        return new Row(day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH), cells);
    }

    private Cell cell(LocalDate date) {
        Pace.Day day = days.get(date);
        return day == null
                ? new Cell(false, 0, date + ": no attempts")
                : new Cell(
                        false,
                        level(day),
                        date + ": " + count(day.attempts(), "attempt") + ", " + day.solved() + " solved");
    }

    private int level(Pace.Day day) {
        return Math.max(1, LEVELS * day.attempts() / most);
    }

    private static String count(int many, String one) {
        return many + " " + one + (many == 1 ? "" : "s");
    }
}
