package workbook.evaluate.month;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One direction of a {@link Chart}.
 *
 * @param name with its unit
 * @param scale makes lengths of values
 */
record Axis(String name, double from, double to, DoubleUnaryOperator scale, List<Tick> marks) {

    private static final int ABOUT = 5;

    /** A value with a line of its own, and what is written there. */
    record Tick(double value, String label) {}

    /** From 0 on, with round numbers as marks; ends at one of them. */
    static Axis linear(String name, double max) {
        double step = roundStep(Math.max(max, 1) / ABOUT);
        int steps = (int) Math.ceil(Math.max(max, 1) / step);
        return new Axis(
                name,
                0,
                steps * step,
                value -> value,
                IntStream.rangeClosed(0, steps).mapToObj(i -> mark(i * step)).toList());
    }

    /** Between powers of ten, which are its marks. Both values are positive. */
    static Axis powersOfTen(String name, double min, double max) {
        int from = (int) Math.floor(Math.log10(min));
        int to = Math.max(from + 1, (int) Math.ceil(Math.log10(max)));
        return new Axis(
                name,
                Math.pow(10, from),
                Math.pow(10, to),
                Math::log10,
                IntStream.rangeClosed(from, to)
                        .mapToObj(power -> mark(Math.pow(10, power)))
                        .toList());
    }

    /** Percentiles, each nine as far from the next as the one before: what is rare is what hurts. */
    static Axis percentiles(String name) {
        return new Axis(
                name,
                0,
                99.99,
                percent -> -Math.log10(1 - percent / 100),
                DoubleStream.of(50, 90, 99, 99.9, 99.99)
                        .mapToObj(percent -> mark(percent))
                        .toList());
    }

    /** Where a value lies, 0 to 1; what lies outside is moved to the edge. */
    double at(double value) {
        double inside = Math.min(to, Math.max(from, value));
        double origin = scale.applyAsDouble(from);
        return (scale.applyAsDouble(inside) - origin) / (scale.applyAsDouble(to) - origin);
    }

    /** 1, 2 or 5 times a power of ten, and no less than this. */
    private static double roundStep(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        return DoubleStream.of(1, 2, 5, 10)
                .map(factor -> factor * power)
                .filter(step -> step >= atLeast)
                .findFirst()
                .orElse(10 * power);
    }

    private static Tick mark(double value) {
        return new Tick(value, Double.toString(value).replaceAll("\\.0$", ""));
    }
}
