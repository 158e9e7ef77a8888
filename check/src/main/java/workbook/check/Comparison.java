package workbook.check;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/** Rows that came out beside the rows that were expected, in any order; both are sorted, and what differs is marked. */
record Comparison(List<Line> out, List<Line> expected) {

    static Comparison of(List<Row> out, List<Row> expected) {
        List<Line> came = Line.all(out);
        List<Line> wanted = Line.all(expected);
        return new Comparison(
                marked(came, wanted, "<- not expected"),
                marked(wanted, came, "<- missing"));
    }

    boolean isEqual() {
        return out.stream().noneMatch(Line::isMarked) && expected.stream().noneMatch(Line::isMarked);
    }

    /** The lines of the one side, marked where the other has no partner for them. */
    private static List<Line> marked(List<Line> lines, List<Line> others, String mark) {
        List<List<Object>> partners = new ArrayList<>(others.stream().map(Line::values).toList());
        return lines.stream()
                .sorted(Line::compare)
                .map(line -> partners.remove(line.values()) ? line : line.marked(mark))
                .toList();
    }
}
