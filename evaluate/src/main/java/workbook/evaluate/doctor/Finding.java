package workbook.evaluate.doctor;

/**
 * The result of a check.
 *
 * @param summary what was found
 * @param consequence what this means for the workbook; empty if the level is OK
 * @param fix what to do, one command or sentence per line; empty if there is nothing to do
 */
public record Finding(Level level, String summary, String consequence, String fix) {

    /** The severity of a finding. */
    public enum Level {
        /** As required. */
        OK("ok"),
        /** Good to know; the workbook runs anyway. */
        NOTE("note"),
        /** The workbook, or a part of it, does not run until this is fixed. */
        PROBLEM("FIX");

        private final String text;

        Level(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static Finding ok(String summary) {
        return new Finding(Level.OK, summary, "", "");
    }

    static Finding note(String summary, String consequence) {
        return new Finding(Level.NOTE, summary, consequence, "");
    }

    static Finding note(String summary, String consequence, String fix) {
        return new Finding(Level.NOTE, summary, consequence, fix);
    }

    static Finding problem(String summary, String consequence, String fix) {
        return new Finding(Level.PROBLEM, summary, consequence, fix);
    }
}
