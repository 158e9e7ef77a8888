package workbook.race;

import java.util.ArrayList;
import java.util.List;

/**
 * How rows differ from those to be found.
 *
 * @param wrong rows with another sum, or without a payment
 * @param repeated rows for a terminal and an hour that had one before
 * @param missing terminals and hours without a row
 */
record Faults(long wrong, long repeated, long missing) {

    static final Faults NONE = new Faults(0, 0, 0);

    Faults plus(Faults more) {
        return new Faults(wrong + more.wrong, repeated + more.repeated, missing + more.missing);
    }

    /** {@code all right}, or {@code 3 wrong, 1 missing}. */
    @Override
    public String toString() {
        List<String> faults = new ArrayList<>();
        add(faults, wrong, "wrong");
        add(faults, repeated, "repeated");
        add(faults, missing, "missing");
        return faults.isEmpty() ? "all right" : String.join(", ", faults);
    }

    private static void add(List<String> faults, long count, String word) {
        if (count > 0) {
            faults.add(count + " " + word);
        }
    }
}
