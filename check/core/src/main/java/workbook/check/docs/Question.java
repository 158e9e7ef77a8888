package workbook.check.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workbook.check.progress.QuizAnswer;

/**
 * A question of QA.md, in the form that its introduction states: a heading, its topics, the answer, and what proves it.
 *
 * @param level 1, 2 or 3
 */
public record Question(int level, Page page, Page.Part part) {

    private static final String SUBJECTS = "Subject:";
    private static final String PROVED_BY = "Proved by:";
    private static final Pattern LEVEL = Pattern.compile("(?ms)^## Level (\\d)[^\\n]*\\n(.*?)(?=^## |\\z)");
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\(([^)]+)\\)");
    private static final Pattern VALUE = Pattern.compile("`([^`]+)`<!-- proof -->");

    /**
     * A section of CONCEPTS.md.
     *
     * @param name its heading
     */
    public record Subject(String name, Page.Target section) {}

    /** All questions of the page, in order. */
    public static List<Question> of(Page page) {
        return LEVEL.matcher(page.text())
                .results()
                .flatMap((MatchResult level) -> Page.parts(level.group(2)).stream()
                        .map(part -> new Question(Integer.parseInt(level.group(1)), page, part)))
                .toList();
    }

    /** The question's anchor, which is its name in links and in a learner's {@linkplain QuizAnswer progress}. */
    public String anchor() {
        return Page.anchor(part.heading());
    }

    /** The subjects of the question. */
    public List<Subject> subjects() {
        return links(SUBJECTS)
                .map(link -> new Subject(name(link), target(link)))
                .toList();
    }

    /** The answer in Markdown: all between the subjects and the proofs. */
    public String answer() {
        return String.join(
                "\n\n",
                part.paragraphs().stream()
                        .filter(paragraph -> !paragraph.startsWith(SUBJECTS) && !paragraph.startsWith(PROVED_BY))
                        .toList());
    }

    /** The proofs of the answer; none if the answer cites its source itself. */
    public List<Proof> proofs() {
        return links(PROVED_BY)
                .map(link -> new Proof(name(link), target(link).file()))
                .toList();
    }

    /** The values in the answer that must also occur in its proofs. */
    public List<String> values() {
        return VALUE.matcher(answer()).results().map(value -> value.group(1)).toList();
    }

    private Stream<MatchResult> links(String beginning) {
        return LINK.matcher(paragraph(beginning)).results();
    }

    private static String name(MatchResult link) {
        return link.group(1).replace('\n', ' ');
    }

    private Page.Target target(MatchResult link) {
        return Page.Target.of(page.file(), link.group(2));
    }

    /** The paragraph that begins like this: subjects are first, proofs are last. */
    private String paragraph(String beginning) {
        List<String> paragraphs = part.paragraphs();
        return Stream.of(paragraphs.get(0), paragraphs.get(paragraphs.size() - 1))
                .filter(paragraph -> paragraph.startsWith(beginning))
                .findFirst()
                .orElse("");
    }

    /** The text of the question. */
    @Override
    public String toString() {
        return part.heading();
    }
}
