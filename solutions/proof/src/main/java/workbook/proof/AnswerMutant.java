package workbook.proof;

/**
 * An answer's source with one change.
 *
 * @param line where the change begins, from 1
 * @param change what is changed, as Markdown; it identifies the mutant and contains no line number, so that a reason for
 *        it stays valid when other lines change
 * @param source the changed source
 */
record AnswerMutant(int line, String change, String source) {}
