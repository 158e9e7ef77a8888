package workbook.check;

/** Goes with an exception that an answer threw at random rows, and says how to have the same ones again. */
final class MetRandomRows extends RuntimeException {

    MetRandomRows(Seed seed) {
        super(seed.told(), null, false, false);
    }
}
