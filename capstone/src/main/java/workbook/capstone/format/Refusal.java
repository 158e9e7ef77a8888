package workbook.capstone.format;

/** A record is not a payment. The message says why; there is no stack trace, because it is data and no error. */
final class Refusal extends Exception {

    Refusal(String reason) {
        super(reason, null, false, false);
    }

    static void unless(boolean holds, String field, String fault) throws Refusal {
        if (!holds) {
            throw new Refusal(field + ": " + fault);
        }
    }
}
