package workbook.check.script;

import java.util.Random;

/**
 * The seed of random input. It differs between runs, so that no answer can depend on the numbers; {@code -Dseed=…} repeats
 * a run.
 */
public record Seed(long value) {

    /** The same for all checks in this JVM: a misconception must get the same rows as the answer. */
    private static final long OF_THIS_JVM = new Random().nextInt(1_000_000);

    /** The seed from {@code -Dseed}, else that of this JVM. */
    public static Seed next() {
        return new Seed(Long.getLong("seed", OF_THIS_JVM));
    }

    /** The seed from {@code -Dseed}, else a new one each time. */
    public static Seed fresh() {
        return new Seed(Long.getLong("seed", new Random().nextInt(1_000_000)));
    }

    /** Makes this the seed of all further checks in this JVM. */
    public void use() {
        System.setProperty("seed", String.valueOf(value));
    }

    /** The line above random rows that says how to repeat them. */
    public String hint() {
        return "random rows, repeat them with " + this;
    }

    public Random random() {
        return new Random(value);
    }

    @Override
    public String toString() {
        return "-Dseed=" + value;
    }
}
