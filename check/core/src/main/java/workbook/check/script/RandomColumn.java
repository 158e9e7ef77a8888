package workbook.check.script;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** The values of one column of {@link RandomRows}. */
final class RandomColumn {

    private static final List<String> WORDS = List.of("tea", "Tea", "book", "zürich", "ghent", "o'hara");
    private static final List<String> SPECIAL_WORDS =
            List.of("", " ", "Zürich", "ZÜRICH", "a, b", "say \"tea\"", "tab\there");
    /** More steps than an int can count, of which its lower half is negative. */
    private static final BigDecimal BEYOND_AN_INT = BigDecimal.valueOf(3_000_000_000L);

    private static final BigDecimal HUGE = new BigDecimal("1e18");

    private final RandomRows settings;
    private final Schema.Field field;
    private final Random random;
    private final int index;
    private final Set<Object> used = new HashSet<>();

    RandomColumn(RandomRows settings, Schema.Field field, Random random) {
        this.settings = settings;
        this.field = field;
        this.random = random;
        index = settings.schema.index(field.name());
    }

    boolean isUnique() {
        return settings.unique.contains(field.name());
    }

    /** The special values, those of a time in each of these ranges. */
    List<Object> specials(List<TimeRange> ranges) {
        List<Object> specials = new ArrayList<>();
        if (isNullable()) {
            specials.add(null);
        }
        List<Object> only = settings.only.get(field.name());
        specials.addAll(only != null ? only : ofType(ranges));
        settings.added.getOrDefault(field.name(), List.of()).forEach(bound -> specials.addAll(neighbours(bound)));
        used.addAll(specials);
        return specials.stream().distinct().toList();
    }

    /** The value of a row; of a unique column, another one for each. */
    Object next(TimeRange range, List<Object[]> earlier) {
        if (isUnique()) {
            Object value = number(BigDecimal.valueOf(random.nextInt(1_000_000)));
            return used.add(value) ? value : next(range, earlier);
        }
        if (isNullable() && random.nextInt(24) == 0) {
            return null;
        }
        List<Object> only = settings.only.get(field.name());
        return only != null ? anyOf(only) : ordinary(range, earlier);
    }

    private boolean isNullable() {
        return !settings.notNull.contains(field.name());
    }

    private List<Object> ofType(List<TimeRange> ranges) {
        Type type = field.type();
        if (type.equals(Type.TIMESTAMP)) {
            return ranges.stream()
                    .flatMap(range -> range.bounds().stream())
                    .distinct()
                    .map(Object.class::cast)
                    .toList();
        }
        if (type.equals(Type.STRING)) {
            return List.copyOf(SPECIAL_WORDS);
        }
        if (type.equals(Type.BINARY)) {
            return SPECIAL_WORDS.stream().<Object>map(RandomColumn::bytes).toList();
        }
        return isNumber() ? specialNumbers() : List.of();
    }

    private List<Object> specialNumbers() {
        RandomRows.NumberRange range = range();
        BigDecimal beyond = step().multiply(BEYOND_AN_INT);
        return Stream.of(BigDecimal.ZERO, step(), step().negate(), beyond, range.least(), range.greatest())
                .filter(range::contains)
                .map(this::number)
                .toList();
    }

    private Object ordinary(TimeRange range, List<Object[]> earlier) {
        Type type = field.type();
        if (type.equals(Type.TIMESTAMP)) {
            Object other = earlier.isEmpty() ? null : anyOf(earlier)[index];
            return random.nextInt(6) == 0 && other instanceof Instant time
                    ? range.near(time, random)
                    : range.random(random);
        }
        if (type.equals(Type.STRING)) {
            return anyOf(WORDS);
        }
        if (type.equals(Type.BINARY)) {
            return bytes(anyOf(WORDS));
        }
        if (type.equals(Type.BOOLEAN)) {
            return random.nextBoolean();
        }
        if (type.equals(Type.DATE)) {
            return LocalDate.ofInstant(range.random(random), ZoneOffset.UTC);
        }
        if (!isNumber()) {
            throw new IllegalArgumentException("The column " + field.name() + " has the type " + type.sql()
                    + ". State its values with oneOf(\"" + field.name() + "\", …).");
        }
        BigDecimal drawn = isInteger() ? key() : amount();
        return range().contains(drawn) ? number(drawn) : number(inRange());
    }

    /** Two keys of five are the same, two are one of eight, the others mostly occur once. */
    private BigDecimal key() {
        return BigDecimal.valueOf(
                switch (random.nextInt(5)) {
                    case 0, 1 -> 7;
                    case 2, 3 -> random.nextInt(8);
                    default -> 8 + random.nextInt(100_000);
                });
    }

    /** Half of the amounts are small, a third large; one in six is negative. */
    private BigDecimal amount() {
        int kind = random.nextInt(6);
        long steps =
                kind < 3 ? random.nextInt(10_000) : kind < 5 ? random.nextInt(10_000_000) : -random.nextInt(100_000);
        return step().multiply(BigDecimal.valueOf(steps));
    }

    private BigDecimal inRange() {
        BigDecimal width = range().greatest().subtract(range().least());
        BigDecimal steps = width.divide(step(), 0, RoundingMode.DOWN);
        BigInteger drawn = new BigDecimal(steps.doubleValue() * random.nextDouble()).toBigInteger();
        return range().least().add(step().multiply(new BigDecimal(drawn)));
    }

    private RandomRows.NumberRange range() {
        RandomRows.NumberRange given = settings.ranges.get(field.name());
        return given != null ? given : limits();
    }

    private RandomRows.NumberRange limits() {
        if (field.type().equals(Type.INT)) {
            return new RandomRows.NumberRange(
                    BigDecimal.valueOf(Integer.MIN_VALUE), BigDecimal.valueOf(Integer.MAX_VALUE));
        }
        if (field.type().equals(Type.BIGINT)) {
            return new RandomRows.NumberRange(BigDecimal.valueOf(Long.MIN_VALUE), BigDecimal.valueOf(Long.MAX_VALUE));
        }
        BigDecimal greatest = field.type() instanceof Type.Decimal decimal
                ? BigDecimal.TEN
                        .pow(decimal.precision())
                        .subtract(BigDecimal.ONE)
                        .multiply(step())
                : HUGE;
        return new RandomRows.NumberRange(greatest.negate(), greatest);
    }

    /** The smallest difference of two numbers; of doubles, one that is common in measurements. */
    private BigDecimal step() {
        return field.type() instanceof Type.Decimal decimal
                ? BigDecimal.ONE.movePointLeft(decimal.scale())
                : isInteger() ? BigDecimal.ONE : new BigDecimal("0.01");
    }

    private boolean isInteger() {
        return field.type().equals(Type.INT) || field.type().equals(Type.BIGINT);
    }

    private boolean isNumber() {
        return isInteger() || field.type().equals(Type.DOUBLE) || field.type() instanceof Type.Decimal;
    }

    private Object number(BigDecimal number) {
        return new Literals(Script.DAY).value(number, field.type());
    }

    /** A bound, a tick less and a tick more, and the opposite of a number. */
    private List<Object> neighbours(Object bound) {
        if (bound instanceof Instant time) {
            return List.of(time, time.minus(settings.tick), time.plus(settings.tick));
        }
        if (!isNumber()) {
            return List.of(bound);
        }
        BigDecimal number = new BigDecimal(bound.toString());
        return Stream.of(number, number.subtract(step()), number.add(step()), number.negate())
                .filter(range()::contains)
                .map(this::number)
                .toList();
    }

    private <T> T anyOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
