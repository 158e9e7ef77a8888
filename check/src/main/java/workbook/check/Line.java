package workbook.check;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A row as it is compared and shown.
 *
 * @param values what the row says, in a form in which equal means the same: numbers by value
 * @param cells the same, as people read it
 * @param mark why the row is worth a look; empty where it is as it should be
 */
record Line(List<Object> values, List<Cell> cells, String mark) {

    record Cell(String text, boolean isNumber) {}

    static List<Line> all(List<Row> rows, Times times) {
        return rows.stream().map(row -> of(row, times)).toList();
    }

    static Line of(Row row, Times times) {
        List<Object> raw = plain(row);
        List<Cell> cells = raw.stream().map(value -> cell(value, times)).toList();
        return new Line(raw.stream().map(Line::value).toList(), cells, "");
    }

    /** What a row holds, in Java's own types: a row or an array within it is a list, a time an Instant. */
    static List<Object> plain(Row row) {
        return IntStream.range(0, row.size()).mapToObj(i -> plain(row.get(i))).collect(Collectors.toList());
    }

    /** The times that a row holds, at any depth. */
    static Stream<Instant> times(Row row) {
        return times((Object) plain(row));
    }

    Line marked(String mark) {
        return new Line(values, cells, mark);
    }

    /** By the first column, then the second, and so on: numbers by value, the rest as text. */
    static int compare(Line a, Line b) {
        return IntStream.range(0, Math.min(a.values.size(), b.values.size()))
                .map(i -> compare(a.values.get(i), b.values.get(i)))
                .filter(difference -> difference != 0)
                .findFirst().orElse(0);
    }

    boolean isMarked() {
        return !mark.isEmpty();
    }

    private static int compare(Object a, Object b) {
        return a instanceof BigDecimal x && b instanceof BigDecimal y
                ? x.compareTo(y)
                : a.toString().compareTo(b.toString());
    }

    private static Object value(Object raw) {
        if (raw instanceof Number number && isFinite(number)) {
            return new BigDecimal(number.toString()).stripTrailingZeros();
        }
        if (raw instanceof List<?> list) {
            return list.stream().map(Line::value).toList();
        }
        return raw == null ? "null" : raw;
    }

    private static Object plain(Object raw) {
        if (raw instanceof Row row) {
            return plain(row);
        }
        if (raw instanceof Seq<?> array) {
            return CollectionConverters.asJava(array).stream()
                    .map(item -> plain((Object) item))
                    .collect(Collectors.toList());
        }
        if (raw instanceof byte[] bytes) {
            return Bytes.of(bytes);
        }
        return raw instanceof Timestamp time ? time.toInstant() : raw;
    }

    private static Stream<Instant> times(Object plain) {
        if (plain instanceof List<?> list) {
            return list.stream().flatMap(Line::times);
        }
        return plain instanceof Instant time ? Stream.of(time) : Stream.empty();
    }

    private static Cell cell(Object plain, Times times) {
        return new Cell(text(plain, times), plain instanceof Number);
    }

    private static String text(Object plain, Times times) {
        if (plain instanceof List<?> list) {
            return list.stream().map(item -> text(item, times)).collect(Collectors.joining(", ", "[", "]"));
        }
        if (plain instanceof Instant time) {
            return times.text(time);
        }
        return plain instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(plain);
    }

    private static boolean isFinite(Number number) {
        return Double.isFinite(number.doubleValue());
    }
}
