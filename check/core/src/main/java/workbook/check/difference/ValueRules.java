package workbook.check.difference;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import workbook.check.difference.Pairs.Values;

/**
 * Values that differ in one column: another type, null, times and texts.
 *
 * @param name of the column
 */
record ValueRules(String name, int column, Pairs pairs) {

    private static final Map<ChronoUnit, String> UNITS = Map.of(
            ChronoUnit.MILLIS, "milliseconds",
            ChronoUnit.SECONDS, "seconds",
            ChronoUnit.MINUTES, "minutes",
            ChronoUnit.HOURS, "hours",
            ChronoUnit.DAYS, "days");

    /** Offsets of time zones are multiples of a quarter of an hour, up to fourteen hours. */
    private static final Duration LARGEST_OFFSET = Duration.ofHours(14);

    /** Longer equal beginnings are hard to see. */
    private static final int LONG = 30;

    private static final Duration OFFSET_STEP = Duration.ofMinutes(15);

    Stream<Remark> remarks() {
        return Stream.of(type(), nothing(), times(), dates(), texts()).flatMap(Optional::stream);
    }

    private Optional<Remark> type() {
        List<List<String>> types = pairs.pairs().stream()
                .map(pair -> List.of(
                        type(pair.actual().get(column)), type(pair.expected().get(column))))
                .distinct()
                .toList();
        boolean isOne = types.size() == 1
                && !types.get(0).contains("")
                && !types.get(0).get(0).equals(types.get(0).get(1));
        return isOne
                ? remark("is " + types.get(0).get(0) + ", but " + types.get(0).get(1) + " is expected")
                : Optional.empty();
    }

    private static String type(Object value) {
        if (value instanceof BigDecimal) {
            return "a number";
        }
        if (value instanceof String) {
            return "a text";
        }
        if (value instanceof Instant) {
            return "a timestamp";
        }
        if (value instanceof LocalDate) {
            return "a date";
        }
        return value instanceof Boolean ? "a boolean" : "";
    }

    private Optional<Remark> nothing() {
        boolean isActual = pairs.pairs().stream().allMatch(pair -> pair.actual().get(column) == null);
        boolean isExpected =
                pairs.pairs().stream().allMatch(pair -> pair.expected().get(column) == null);
        if (!isActual && !isExpected) {
            return Optional.empty();
        }
        List<String> others = pairs.pairs().stream()
                .map(pair -> (isActual ? pair.expected() : pair.actual()).get(column))
                .map(ValueRules::named)
                .distinct()
                .toList();
        String other = others.size() == 1 ? others.get(0) : "a value";
        return remark(isActual ? "is null instead of " + other : "is " + other + " instead of null");
    }

    private static String named(Object value) {
        if (value instanceof BigDecimal number && number.signum() == 0) {
            return "0";
        }
        return "".equals(value) ? "an empty text" : "a value";
    }

    private Optional<Remark> times() {
        return pairs.values(Instant.class).flatMap(times -> cut(times).or(() -> offset(times)));
    }

    private Optional<Remark> cut(Values<Instant> times) {
        return Stream.of(ChronoUnit.MILLIS, ChronoUnit.SECONDS, ChronoUnit.MINUTES, ChronoUnit.HOURS, ChronoUnit.DAYS)
                .filter(unit -> times.all((actual, expected) -> actual.equals(expected.truncatedTo(unit))))
                .findFirst()
                .flatMap(unit -> remark("is cut to whole " + UNITS.get(unit)));
    }

    private Optional<Remark> offset(Values<Instant> times) {
        Duration offset =
                Duration.between(times.first().expected(), times.first().actual());
        if (!times.all((actual, expected) -> offset.equals(Duration.between(expected, actual)))) {
            return Optional.empty();
        }
        return remark("is " + Words.duration(offset) + (offset.isNegative() ? " earlier" : " later") + " than expected"
                + (isOfAZone(offset.abs()) ? ", as in another time zone" : ""));
    }

    /** An offset of an hour or less is as likely the length of a window. */
    private static boolean isOfAZone(Duration offset) {
        return offset.compareTo(Duration.ofHours(1)) > 0
                && offset.compareTo(LARGEST_OFFSET) <= 0
                && offset.toNanos() % OFFSET_STEP.toNanos() == 0;
    }

    private Optional<Remark> dates() {
        return pairs.values(LocalDate.class).flatMap(dates -> {
            long days = ChronoUnit.DAYS.between(
                    dates.first().expected(), dates.first().actual());
            boolean isConstant = dates.all((actual, expected) -> ChronoUnit.DAYS.between(expected, actual) == days);
            boolean isPlain = Math.abs(days) == 1 || dates.areManifold();
            return isConstant && isPlain
                    ? remark("is " + Words.duration(Duration.ofDays(days)) + (days < 0 ? " earlier" : " later")
                            + " than expected")
                    : Optional.empty();
        });
    }

    private Optional<Remark> texts() {
        return pairs.values(String.class).flatMap(texts -> {
            if (texts.all(String::equalsIgnoreCase)) {
                return remark("differs only in upper and lower case");
            }
            return texts.all((actual, expected) -> Objects.equals(actual.strip(), expected.strip()))
                    ? remark("differs only in blanks at its beginning or end")
                    : longTexts(texts);
        });
    }

    /** Where long texts differ, which a table cuts. */
    private Optional<Remark> longTexts(Values<String> texts) {
        String actual = texts.first().actual();
        String expected = texts.first().expected();
        int same = Arrays.mismatch(actual.toCharArray(), expected.toCharArray());
        return texts.all().size() == 1 && same >= LONG
                ? Optional.of(new Remark(
                        Words.code(name) + " differs in a long text",
                        Words.code(name) + " differs from character " + (same + 1) + " on."))
                : Optional.empty();
    }

    private Optional<Remark> remark(String predicate) {
        String text = Words.code(name) + " " + predicate;
        return Optional.of(new Remark(text, text + "."));
    }
}
