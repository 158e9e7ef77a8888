package workbook.check.difference;

import java.util.List;

/**
 * A sentence about a difference.
 *
 * @param kind what the sentence says, without the rows and numbers of this run; equal for mistakes of the same kind
 * @param text the sentence
 */
public record Remark(String kind, String text) {

    private static final String COLUMNS = "only ";

    /** Says only which columns differ, which the table shows, too. */
    static Remark ofColumns(List<String> names) {
        return new Remark(
                COLUMNS + names, "Only " + Words.list(names) + (names.size() == 1 ? " differs." : " differ."));
    }

    /** Whether it says more than which columns differ. */
    public boolean tellsMore() {
        return !kind.startsWith(COLUMNS);
    }
}
