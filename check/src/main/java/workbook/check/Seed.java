package workbook.check;

import java.util.Random;

/**
 * Where random input comes from. It differs from run to run, so that no answer can know the numbers;
 * {@code -Dseed=…} repeats one.
 */
public record Seed(long value) {

    /** The seed asked for with {@code -Dseed}, else a new one. */
    public static Seed next() {
        return new Seed(Long.getLong("seed", new Random().nextInt(1_000_000)));
    }

    public Random random() {
        return new Random(value);
    }

    @Override
    public String toString() {
        return "-Dseed=" + value;
    }
}
