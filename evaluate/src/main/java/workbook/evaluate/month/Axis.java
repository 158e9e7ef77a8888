package workbook.evaluate.month;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * An axis of a {@link Chart}.
 *
 * @param name the name with its unit
 * @param scale maps values to lengths
 */
record Axis(String name, double from, double to, DoubleUnaryOperator scale, List<Tick> ticks) {

    private static final int ABOUT = 5;

    /** A value with a grid line and its label. */
    record Tick(double value, String label) {}

    /** An axis from 0 with round ticks; it ends at a tick. */
    static Axis linear(String name, double max) {
        double step = roundStep(Math.max(max, 1) / ABOUT);
        int steps = (int) Math.ceil(Math.max(max, 1) / step);
        return new Axis(
                name,
                0,
                steps * step,
                value -> value,
                IntStream.rangeClosed(0, steps).mapToObj(i -> tick(i * step)).toList());
    }

    /** A logarithmic axis whose ticks are powers of ten. Both values must be positive. */
    static Axis powersOfTen(String name, double min, double max) {
        int from = (int) Math.floor(Math.log10(min));
        int to = Math.max(from + 1, (int) Math.ceil(Math.log10(max)));
        return new Axis(
                name,
                Math.pow(10, from),
                Math.pow(10, to),
                Math::log10,
                IntStream.rangeClosed(from, to)
                        .mapToObj(power -> tick(Math.pow(10, power)))
                        .toList());
    }

    /** An axis of percentiles; 90, 99, 99.9 and 99.99 have equal distances, so the tail is visible. */
    static Axis percentiles(String name) {
        return new Axis(
                name,
                0,
                99.99,
                percent -> -Math.log10(1 - percent / 100),
                DoubleStream.of(50, 90, 99, 99.9, 99.99)
                        .mapToObj(percent -> tick(percent))
                        .toList());
    }

    /** The position of a value, 0 to 1; values outside of the axis are clamped. */
    double at(double value) {
        double inside = Math.min(to, Math.max(from, value));
        double origin = scale.applyAsDouble(from);
        return (scale.applyAsDouble(inside) - origin) / (scale.applyAsDouble(to) - origin);
    }

    /** The smallest of 1, 2 or 5 times a power of ten that is not less than this. */
    private static double roundStep(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        return DoubleStream.of(1, 2, 5, 10)
                .map(factor -> factor * power)
                .filter(step -> step >= atLeast)
                .findFirst()
                .orElse(10 * power);
    }

    private static Tick tick(double value) {
        return new Tick(value, Double.toString(value).replaceAll("\\.0$", ""));
    }
}
