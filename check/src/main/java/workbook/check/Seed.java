package workbook.check;

import java.util.Random;

/**
 * Where random input comes from. It differs from run to run, so that no answer can know the numbers;
 * {@code -Dseed=…} repeats one.
 */
public record Seed(long value) {

    /** One for all that is judged in this JVM: a misconception must meet the same rows as the answer. */
    private static final long OF_THIS_JVM = new Random().nextInt(1_000_000);

    /** The seed asked for with {@code -Dseed}, else that of this JVM. */
    public static Seed next() {
        return new Seed(Long.getLong("seed", OF_THIS_JVM));
    }

    public Random random() {
        return new Random(value);
    }

    @Override
    public String toString() {
        return "-Dseed=" + value;
    }
}
