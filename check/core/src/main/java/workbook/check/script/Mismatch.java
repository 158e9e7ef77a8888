package workbook.check.script;

/** Thrown if the output of a script is not as expected. The message shows the {@link Difference}. */
public final class Mismatch extends AssertionError {

    private final transient Difference difference;

    Mismatch(Difference difference) {
        super(new DifferenceText(difference).toString());
        this.difference = difference;
    }

    public Difference difference() {
        return difference;
    }
}
