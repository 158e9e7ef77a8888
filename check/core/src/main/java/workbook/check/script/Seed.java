package workbook.check.script;

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

    /** The seed asked for with {@code -Dseed}, else a new one each time. */
    public static Seed fresh() {
        return new Seed(Long.getLong("seed", new Random().nextInt(1_000_000)));
    }

    /** Makes it the seed of whatever is judged in this JVM from now on. */
    public void use() {
        System.setProperty("seed", String.valueOf(value));
    }

    /** What to say above random rows, so that whoever reads it can have the same once more. */
    public String hint() {
        return "random rows; " + this + " repeats them";
    }

    public Random random() {
        return new Random(value);
    }

    @Override
    public String toString() {
        return "-Dseed=" + value;
    }
}
