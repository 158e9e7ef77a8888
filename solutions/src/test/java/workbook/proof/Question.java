package workbook.proof;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A question of QA.md, in the form that its introduction states: a heading, its topics, the answer, and what proves it.
 *
 * @param level 1, 2 or 3
 */
record Question(int level, Page page, Page.Part part) {

    private static final String TOPICS = "Topic:";
    private static final String PROVED_BY = "Proved by:";
    private static final Pattern LEVEL = Pattern.compile("(?ms)^## Level (\\d)[^\\n]*\\n(.*?)(?=^## |\\z)");
    private static final Pattern PROOF = Pattern.compile("\\[([^]]+)]\\(([^)]+)\\)");
    private static final Pattern VALUE = Pattern.compile("`([^`]+)`<!-- proof -->");

    static List<Question> of(Page page) {
        return LEVEL.matcher(page.text()).results()
                .flatMap((MatchResult level) -> Page.parts(level.group(2)).stream()
                        .map(part -> new Question(Integer.parseInt(level.group(1)), page, part)))
                .toList();
    }

    String anchor() {
        return Page.anchor(part.heading());
    }

    List<Page.Target> topics() {
        return page.targets(paragraph(TOPICS)).toList();
    }

    /** All between the topics and what proves it. */
    String answer() {
        return String.join("\n\n", part.paragraphs().stream()
                .filter(paragraph -> !paragraph.startsWith(TOPICS) && !paragraph.startsWith(PROVED_BY)).toList());
    }

    List<Proof> proofs() {
        return PROOF.matcher(paragraph(PROVED_BY)).results()
                .map(link -> new Proof(link.group(1).replace('\n', ' '),
                        Page.Target.of(page.file(), link.group(2)).file()))
                .toList();
    }

    /** What the answer says that its proofs have to say as well. */
    List<String> values() {
        return VALUE.matcher(answer()).results().map(value -> value.group(1)).toList();
    }

    /** Topics come first and proofs last, so that there is no third place for either. */
    private String paragraph(String beginning) {
        List<String> paragraphs = part.paragraphs();
        return Stream.of(paragraphs.get(0), paragraphs.get(paragraphs.size() - 1))
                .filter(paragraph -> paragraph.startsWith(beginning)).findFirst().orElse("");
    }

    @Override
    public String toString() {
        return part.heading();
    }
}
