package workbook.concepts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import workbook.check.catalog.Workspace;
import workbook.check.docs.Page;
import workbook.check.docs.Question;

/** QA.md has its form, and its values are what programs print and tests assert. */
class QaTest {

    private static final Page CONCEPTS = Page.read(Workspace.current().home().resolve("CONCEPTS.md"));
    private static final Page QA = Page.read(Workspace.current().home().resolve("QA.md"));
    private static final List<Question> QUESTIONS = Question.of(QA);

    /** The questions with proofs, and the content of these proofs. */
    private static final Map<Question, String> PROVED = QUESTIONS.stream()
            .filter(question -> !question.proofs().isEmpty())
            .collect(Collectors.toMap(Function.identity(), QaTest::proofs));

    @Test
    void thereAreEnoughQuestionsOfEachLevel() {
        Map<Integer, Long> levels =
                QUESTIONS.stream().collect(Collectors.groupingBy(Question::level, Collectors.counting()));
        assertThat(levels).containsOnlyKeys(1, 2, 3);
        assertThat(levels.get(1)).isGreaterThanOrEqualTo(30);
        assertThat(levels.get(2)).isGreaterThanOrEqualTo(40);
        assertThat(levels.get(3)).isGreaterThanOrEqualTo(30);
        assertThat(Page.parts(QA.text())).as("none stands outside the levels").hasSameSizeAs(QUESTIONS);
    }

    @Test
    void everyQuestionHasAnAnchorOfItsOwn() {
        assertThat(QUESTIONS)
                .extracting(Question::toString)
                .as("only what every rule makes the same anchor of")
                .allMatch(heading -> heading.matches("[A-Za-z0-9_ ,-]+\\?"));
        assertThat(QUESTIONS.stream().map(Question::anchor)).doesNotHaveDuplicates();
    }

    @Test
    void everyTopicIsASectionOfTheConcepts() {
        Set<Page.Target> sections = Page.parts(CONCEPTS.text()).stream()
                .map(part -> new Page.Target(CONCEPTS.file(), Page.anchor(part.heading())))
                .collect(Collectors.toSet());
        for (Question question : QUESTIONS) {
            assertThat(question.subjects()).as("%s", question).isNotEmpty().allSatisfy(topic -> {
                assertThat(topic.section()).isIn(sections);
                assertThat(Page.anchor(topic.name()))
                        .as("its heading")
                        .isEqualTo(topic.section().anchor());
            });
        }
    }

    @Test
    void everyAnswerIsShort() {
        for (Question question : QUESTIONS) {
            assertThat(question.answer().split("\\s+"))
                    .as("words to say on: %s", question)
                    .hasSizeBetween(20, 140);
        }
    }

    @Test
    void nearlyAllAnswersAreProvedAndTheOthersNameTheirSource() {
        assertThat(QUESTIONS)
                .filteredOn(question -> !PROVED.containsKey(question))
                .as("not proved")
                .hasSizeLessThanOrEqualTo(5)
                .filteredOn(question -> Page.links(question.answer()).stream().noneMatch(Page::isExternal))
                .as("neither proved nor sourced")
                .isEmpty();
    }

    @Test
    void everyProofIsSomethingThatMavenRuns() {
        assertThat(PROVED.keySet().stream().flatMap(question -> question.proofs().stream()))
                .filteredOn(proof -> new Evidence(proof).text().isEmpty())
                .as("there is no such output, test or misconception")
                .isEmpty();
    }

    @Test
    void everyMarkedValueStandsInItsProof() {
        PROVED.forEach((question, proofs) ->
                assertThat(question.values()).as("%s", question).isNotEmpty().allMatch(value -> stands(value, proofs)));
    }

    /** A value that would also match with another digit proves nothing. */
    @Test
    void noMarkedValueWouldStandThereWithAnotherDigit() {
        PROVED.forEach(
                (question, proofs) -> assertThat(question.values().stream().flatMap(QaTest::neighbours))
                        .as("%s", question)
                        .noneMatch(value -> stands(value, proofs)));
    }

    @Test
    void everyMarkIsReadAsOne() {
        for (Question question : QUESTIONS) {
            int values = PROVED.containsKey(question) ? question.values().size() : 0;
            assertThat(question.part().text().split("<!--", -1))
                    .as("%s", question)
                    .hasSize(values + 1);
        }
    }

    @Test
    void everyLinkLeadsSomewhereAndSourcesAreHttps() {
        assertThat(QA.targets(QA.text()).filter(target -> !target.exists())).isEmpty();
        assertThat(Page.links(QA.text()))
                .filteredOn(Page::isExternal)
                .isNotEmpty()
                .allMatch(link -> link.startsWith("https://"));
    }

    private static String proofs(Question question) {
        return question.proofs().stream()
                .map(Evidence::new)
                .map(Evidence::text)
                .flatMap(Optional::stream)
                .map(QaTest::oneSpaced)
                .collect(Collectors.joining("\n"));
    }

    /** Whether a text contains a value as a whole, not within a word, a number, an amount or a time. */
    private static boolean stands(String value, String proofs) {
        return Pattern.compile("(?<![\\p{L}\\p{N}_])(?<!\\d[.:])" + Pattern.quote(oneSpaced(value))
                        + "(?![\\p{L}\\p{N}_])(?![.:]\\d)")
                .matcher(proofs)
                .find();
    }

    /** Outputs are aligned with blanks, and texts are wrapped. */
    private static String oneSpaced(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /** The value with each of its digits in turn replaced by the next. */
    private static Stream<String> neighbours(String value) {
        return IntStream.range(0, value.length())
                .filter(at -> Character.isDigit(value.charAt(at)))
                .mapToObj(at -> value.substring(0, at)
                        + (Character.digit(value.charAt(at), 10) + 1) % 10
                        + value.substring(at + 1));
    }
}
