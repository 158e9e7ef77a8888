package workbook.evaluate.doctor;

/**
 * What is to be said of one thing.
 *
 * @param what what was found
 * @param means what this means for the workbook; empty if all is well
 * @param mend what to do, one command or sentence a line; empty if there is nothing to do
 */
public record Finding(Level level, String what, String means, String mend) {

    /** How bad it is. */
    public enum Level {
        /** As it should be. */
        OK("ok"),
        /** Worth knowing; the workbook runs all the same. */
        NOTE("note"),
        /** The workbook, or a part of it, does not run until this is mended. */
        NEEDED("MEND");

        private final String text;

        Level(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static Finding ok(String what) {
        return new Finding(Level.OK, what, "", "");
    }

    static Finding note(String what, String means) {
        return new Finding(Level.NOTE, what, means, "");
    }

    static Finding note(String what, String means, String mend) {
        return new Finding(Level.NOTE, what, means, mend);
    }

    static Finding needed(String what, String means, String mend) {
        return new Finding(Level.NEEDED, what, means, mend);
    }
}
