package workbook.check.difference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.check.difference.Pairs.Values;

/**
 * Numbers that differ in one column: by the sign, a factor, an offset, or their rounding.
 *
 * @param name of the column
 */
record NumberRules(String name, Values<BigDecimal> numbers) {

    /** Of a binary number: the largest relative error after some additions, and the digits that it takes. */
    private static final BigDecimal BINARY_ERROR = new BigDecimal("1e-9");

    private static final int BINARY_DIGITS = 12;

    private static final int MOST_PLACES = 9;
    /** If only one row differs, a single digit may be chance. */
    private static final int LOST_DIGITS = 2;

    /** Factors that a single row shows: units of time. Powers of ten are added. */
    private static final List<BigDecimal> UNITS =
            List.of(BigDecimal.valueOf(60), BigDecimal.valueOf(3_600), BigDecimal.valueOf(86_400));

    private static final List<Integer> WIDTHS = List.of(32, 64);

    /** What is hardly chance. */
    Stream<Remark> certain() {
        return first(NumberRules::sign, NumberRules::binary, NumberRules::overflow);
    }

    /** What may be chance if only one row differs. */
    Stream<Remark> likely() {
        return certain().findAny().isPresent()
                ? Stream.empty()
                : first(NumberRules::rounded, NumberRules::unrounded, NumberRules::factor, NumberRules::offset);
    }

    @SafeVarargs
    private Stream<Remark> first(Function<NumberRules, Optional<Remark>>... rules) {
        return Stream.of(rules).flatMap(rule -> rule.apply(this).stream()).limit(1);
    }

    private Optional<Remark> sign() {
        return numbers.all((actual, expected) -> same(actual, expected.negate()))
                ? remark("has the opposite sign")
                : Optional.empty();
    }

    private Optional<Remark> binary() {
        return numbers.all((actual, expected) -> actual.precision() >= BINARY_DIGITS
                        && actual.scale() > expected.scale()
                        && isClose(actual, expected))
                ? remark("has the rounding error of binary numbers (double)")
                : Optional.empty();
    }

    private static boolean isClose(BigDecimal actual, BigDecimal expected) {
        BigDecimal size = expected.abs().max(BigDecimal.ONE);
        return actual.subtract(expected).abs().compareTo(size.multiply(BINARY_ERROR)) <= 0;
    }

    private Optional<Remark> rounded() {
        if (numbers.all().stream().allMatch(value -> value.actual().signum() == 0)) {
            return Optional.empty(); // there may be other reasons for 0
        }
        return Stream.of(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN, RoundingMode.DOWN)
                .flatMap(mode -> IntStream.rangeClosed(0, MOST_PLACES)
                        .boxed()
                        .filter(places ->
                                numbers.all((actual, expected) -> same(actual, expected.setScale(places, mode))
                                        && (numbers.areManifold() || expected.scale() - places >= LOST_DIGITS)))
                        .map(places -> "is the expected value, " + (mode == RoundingMode.DOWN ? "cut" : "rounded")
                                + to(places)))
                .findFirst()
                .flatMap(this::remark);
    }

    /** The expected number is the actual one, rounded. */
    private Optional<Remark> unrounded() {
        int places = numbers.all().stream()
                .mapToInt(value -> Math.max(0, value.expected().scale()))
                .max()
                .orElse(0);
        return numbers.all((actual, expected) ->
                        actual.scale() > places && same(expected, actual.setScale(places, RoundingMode.HALF_UP)))
                ? remark("is the expected value before it is rounded" + to(places))
                : Optional.empty();
    }

    private static String to(int places) {
        return places == 0 ? " to a whole number" : " to " + places + " decimal place" + (places == 1 ? "" : "s");
    }

    private Optional<Remark> overflow() {
        return WIDTHS.stream()
                .filter(bits -> numbers.all((actual, expected) -> isWrapped(actual, expected, bits)))
                .findFirst()
                .flatMap(bits -> remark("has overflowed a " + bits + "-bit integer"));
    }

    private static boolean isWrapped(BigDecimal actual, BigDecimal expected, int bits) {
        boolean isWhole = actual.scale() <= 0 && expected.scale() <= 0;
        return isWhole && same(actual, wrapped(expected.toBigInteger(), bits));
    }

    private static BigDecimal wrapped(BigInteger number, int bits) {
        BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
        return new BigDecimal(
                number.add(half).mod(BigInteger.ONE.shiftLeft(bits)).subtract(half));
    }

    private Optional<Remark> factor() {
        if (numbers.all().stream()
                .anyMatch(value ->
                        value.expected().signum() == 0 || value.actual().signum() == 0)) {
            return Optional.empty();
        }
        BigDecimal actual = numbers.first().actual();
        BigDecimal expected = numbers.first().expected();
        return whole(actual, expected)
                .filter(times -> numbers.all((a, e) -> same(a, e.multiply(times))))
                .map(times -> "is " + times.toPlainString() + " times the expected value")
                .or(() -> whole(expected, actual)
                        .filter(times -> numbers.all((a, e) -> same(e, a.multiply(times))))
                        .map(times -> "is the expected value divided by " + times.toPlainString()))
                .flatMap(this::remark);
    }

    /** The quotient if it is a whole number that is hardly chance. */
    private Optional<BigDecimal> whole(BigDecimal of, BigDecimal by) {
        BigDecimal times = of.divide(by, MathContext.DECIMAL64).stripTrailingZeros();
        boolean isWhole = times.scale() <= 0 && times.compareTo(BigDecimal.ONE) > 0;
        boolean isTelling =
                numbers.areManifold() || isPowerOfTen(times) || UNITS.stream().anyMatch(u -> same(u, times));
        return isWhole && isTelling ? Optional.of(times) : Optional.empty();
    }

    private static boolean isPowerOfTen(BigDecimal number) {
        return number.unscaledValue().equals(BigInteger.ONE);
    }

    private Optional<Remark> offset() {
        BigDecimal more = numbers.first().actual().subtract(numbers.first().expected());
        boolean isConstant = numbers.all((actual, expected) -> same(actual.subtract(expected), more));
        boolean isTelling = numbers.areManifold() || same(more.abs(), BigDecimal.ONE);
        return isConstant && isTelling
                ? remark(
                        "is " + more.abs().toPlainString() + (more.signum() < 0 ? " less" : " more") + " than expected")
                : Optional.empty();
    }

    private static boolean same(BigDecimal a, BigDecimal b) {
        return a.compareTo(b) == 0;
    }

    private Optional<Remark> remark(String predicate) {
        String text = Words.code(name) + " " + predicate;
        return Optional.of(new Remark(text, text + "."));
    }
}
