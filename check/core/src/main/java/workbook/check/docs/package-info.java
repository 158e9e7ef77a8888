/**
 * The Markdown pages of this repository: links, anchors, questions and their proofs.
 *
 * <pre>{@code
 * List<Question> questions = Question.of(Page.read(Path.of("QA.md")));
 * }</pre>
 */
package workbook.check.docs;
