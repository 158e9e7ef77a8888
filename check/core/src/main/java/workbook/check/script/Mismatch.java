package workbook.check.script;

/** Something else came out of a script than it says. The message shows the {@link Difference}. */
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
