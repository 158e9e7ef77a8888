package workbook.evaluate.month;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import workbook.check.verdict.Verdict;

class ReportsTest {

    /** Characters with a meaning in HTML, Markdown, templates or shells that a file name can have. */
    private static final String HOSTILE = "<script>alert('x')\"|`${1+1}{{2}}&amp;";

    @TempDir
    private Path home;

    private MonthWorkbook workbook;

    @BeforeEach
    void open() throws IOException {
        workbook = MonthWorkbook.in(home);
    }

    @Test
    void valuesAreEscaped() throws IOException {
        workbook.add("01", HOSTILE);
        workbook.attempt("01", HOSTILE, 1, Verdict.WRONG, HOSTILE);
        workbook.record(
                MonthWorkbook.sampleRun().replace("Kafka produces and consumes", HOSTILE.replace("\"", "\\\"")));

        String page = page();

        assertThat(page)
                .doesNotContain("<script", "alert('x')", "\"|`$")
                .contains("<th scope=\"row\">&lt;script&gt;alert(&#39;x&#39;)&quot;|&#x60;${1+1}{{2}}&amp;amp;<small>")
                .contains("<b>&lt;script&gt;alert");
        assertThat(read("month-10.md"))
                .doesNotContain("<script", "{{2}}")
                .contains(
                        "| lesson01.&lt;script&gt;alert\\('x'\\)\"\\|\\`\\$\\{1+1\\}\\{\\{2\\}\\}&amp;amp; | WRONG |");
    }

    @Test
    void xmlIsWellFormed() throws Exception {
        workbook.add("01", HOSTILE);
        workbook.attempt("01", HOSTILE, 1, Verdict.WRONG, HOSTILE);
        String details = "\u001b[31m1 ]]> 2 < 3\u0000\uFFFE \uD83D\uDE00";

        write(Map.of("lesson01." + HOSTILE, details));

        Element suite = element(xml(), "testsuite", "name", "lesson 01");
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getTextContent()).isEqualTo("[31m1 ]]> 2 < 3 \uD83D\uDE00");
        assertThat(failure.getAttribute("message"))
                .startsWith("the result is wrong; misconception: <script>alert('x')\"|");
        assertThat(((Element) failure.getParentNode()).getAttribute("name")).isEqualTo(HOSTILE);
    }

    @Test
    void everyLessonIsASuiteAndEveryExerciseACase() throws Exception {
        workbook.attempt("02", "First", 1, Verdict.SOLVED, "");
        workbook.attempt("02", "Second", 1, Verdict.UNSOLVED, "");

        write(Map.of());

        Document xml = xml();
        assertThat(xml.getElementsByTagName("testsuite").getLength()).isEqualTo(3);
        Element suite = element(xml, "testsuite", "name", "lesson 02");
        assertThat(List.of("tests", "failures", "skipped"))
                .extracting(suite::getAttribute)
                .containsExactly("3", "1", "1");
        assertThat(element(xml, "failure", "type", "UNSOLVED").getAttribute("message"))
                .isEqualTo("not solved yet: exercises/lesson02/src/main/java/lesson02/Second.java");
        assertThat(element(xml, "skipped", "message", "not checked since the last change")
                        .getParentNode()
                        .getNodeName())
                .isEqualTo("testcase");
    }

    @Test
    void jsonHoldsTheScore() throws IOException {
        workbook.attempt("01", "First", 1, Verdict.SOLVED, "");
        workbook.runCapstone();
        write(Map.of());

        JsonNode json = new ObjectMapper().readTree(read("month-10.json"));

        assertThat(json.at("/time").asText()).isEqualTo("2026-11-10T20:00:00Z");
        assertThat(json.at("/weeks/0/lessons/0/exercises/0/result/verdict").asText())
                .isEqualTo("SOLVED");
        assertThat(json.at("/weeks/0/lessons/0/exercises/1/result/verdict").isNull())
                .isTrue();
        assertThat(json.at("/capstone/run/done/0/status").asText()).isEqualTo("HELD");
        assertThat(json.at("/pace/days/0/date").asText()).isEqualTo("2026-11-09");
        assertThat(json.at("/next/command").asText()).isEqualTo("./jbang watch Second");
    }

    @Test
    void theQuizIsShown() throws IOException {
        workbook.quiz(1);
        assertThat(page()).contains("<p>1 of 5 questions known, 2 due today: <code>./jbang quiz</code></p>");
        assertThat(read("month-10.md")).contains("\nQuiz: 1 of 5 questions known, 2 due today.\n\n| not solved |");
        assertThat(new ObjectMapper().readTree(read("month-10.json")).get("quiz"))
                .isEqualTo(new ObjectMapper().readTree("{\"known\": 1, \"count\": 5, \"due\": 2}"));
    }

    @Test
    void withoutQuestionsThereIsNoQuiz() throws IOException {
        assertThat(page()).doesNotContainIgnoringCase("quiz");
        assertThat(read("month-10.md")).doesNotContainIgnoringCase("quiz");
        assertThat(new ObjectMapper()
                        .readTree(read("month-10.json"))
                        .get("quiz")
                        .isNull())
                .isTrue();
    }

    @Test
    void markdownIsShortEnoughForACiSummary() throws IOException {
        for (int i = 0; i < 100; i++) {
            workbook.add("03", "AnExerciseWithQuiteALongName" + i);
            workbook.attempt(
                    "03",
                    "AnExerciseWithQuiteALongName" + i,
                    1,
                    Verdict.WRONG,
                    "AMisconceptionWithQuiteALongNameAsWell");
        }
        write(Map.of());
        assertThat(read("month-10.md"))
                .hasSizeLessThan(64_000)
                .contains("## Month 10: 0 of 100", "| lesson 03 | 0 of 103 | 0 of", "a misconception with quite");
    }

    @Test
    void theRulesAreReadFromTheMonthFile() throws IOException {
        String file = Files.readString(home.resolve("evaluate/month-10.json"));
        Files.writeString(
                home.resolve("evaluate/month-10.json"),
                file.replace("The score is out of 100", "Out of 100 is the score"));
        assertThat(page()).contains("Out of 100 is the score").contains("<td>03, 04</td><td class=\"number\">25</td>");
    }

    @Test
    void calendarDaysAreDescribedInWords() throws IOException {
        workbook.attempt("01", "First", 1, Verdict.WRONG, "");
        workbook.attempt("01", "First", 1, Verdict.SOLVED, "");
        workbook.attempt("01", "Second", 32, Verdict.SOLVED, "");
        assertThat(page())
                .contains(
                        "2026-11-09: 2 attempts, 1 solved",
                        "2026-10-09: 1 attempt, 1 solved",
                        "2026-11-10: no attempts",
                        "October 2026",
                        "November 2026",
                        "3 attempts on 2 days, 2 exercises solved.")
                .doesNotContain("September");
    }

    @Test
    void aRunWithoutMeasurementsHasNoCharts() throws IOException {
        workbook.record(MonthWorkbook.sampleRun()
                .replaceAll("(?s)\"curve\" : \\[.*?]", "\"curve\" : []")
                .replaceAll("(?s)\"scoredPerSecond\" : \\[.*?]", "\"scoredPerSecond\" : []"));
        assertThat(page()).contains("Run of").doesNotContain("<svg");
    }

    private String page() throws IOException {
        write(Map.of());
        return read("month-10.html");
    }

    private void write(Map<String, String> details) {
        new Reports(home.resolve("target/evaluate")).write(workbook.score(), details);
    }

    private String read(String name) throws IOException {
        return Files.readString(home.resolve("target/evaluate").resolve(name));
    }

    private Document xml() throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(home.resolve("target/evaluate/month-10.xml").toFile());
    }

    private static Element element(Document xml, String name, String attribute, String value) {
        for (int i = 0; i < xml.getElementsByTagName(name).getLength(); i++) {
            Element element = (Element) xml.getElementsByTagName(name).item(i);
            if (element.getAttribute(attribute).equals(value)) {
                return element;
            }
        }
        throw new AssertionError("no " + name + " with " + attribute + " = " + value);
    }
}
