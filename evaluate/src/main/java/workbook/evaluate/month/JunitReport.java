package workbook.evaluate.month;

import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import workbook.check.verdict.Verdict;

/** The score as JUnit XML for CI servers: a test suite for each lesson, a test case for each exercise. */
final class JunitReport {

    private static final String NOT_XML = "[^\\t\\n\\r -\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]";

    private final XMLStreamWriter xml;
    private final Map<String, String> details;

    private JunitReport(XMLStreamWriter xml, Map<String, String> details) {
        this.xml = xml;
        this.details = details;
    }

    /**
     * @param details the full results of exercises, by class name; may be incomplete
     */
    static String of(Score score, Map<String, String> details) {
        StringWriter text = new StringWriter();
        try {
            // Not the writer of a library on the class path: the JDK's escapes correctly.
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JunitReport(xml, details).write(score);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Cannot write the report as XML: " + e.getMessage(), e);
        }
        return text.toString();
    }

    private void write(Score score) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        start("testsuites", "name", "month " + score.month());
        for (Score.Lesson lesson : score.lessons().toList()) {
            suite(lesson);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(Score.Lesson lesson) throws XMLStreamException {
        long skipped = lesson.exercises().stream()
                .filter(item -> item.result().verdict().isEmpty())
                .count();
        start(
                "testsuite",
                "name",
                "lesson " + lesson.lesson(),
                "tests",
                "" + lesson.count(),
                "failures",
                "" + (lesson.count() - lesson.solved() - skipped),
                "errors",
                "0",
                "skipped",
                "" + skipped);
        for (Score.Item item : lesson.exercises()) {
            testCase(lesson, item.result());
        }
        xml.writeEndElement();
    }

    private void testCase(Score.Lesson lesson, ExerciseResult result) throws XMLStreamException {
        start("testcase", "classname", "lesson" + lesson.lesson(), "name", result.name(), "file", result.source());
        if (result.verdict().isEmpty()) {
            start("skipped", "message", "not checked since the last change");
            xml.writeEndElement();
        } else if (!result.isSolved()) {
            start("failure", "type", result.verdictText(), "message", message(result));
            xml.writeCharacters(clean(details.getOrDefault(result.exercise(), "")));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String message(ExerciseResult result) {
        String verdict = switch (result.verdict().orElse(Verdict.UNSOLVED)) {
            case UNSOLVED -> "not solved yet: " + result.source();
            case WRONG -> "the result is wrong";
            case BROKEN -> "the answer does not run";
            case SOLVED -> throw new IllegalArgumentException("A solved exercise is not a failure.");
        };
        return result.diagnosis().isEmpty() ? verdict : verdict + "; misconception: " + result.diagnosis();
    }

    private void start(String element, String... attributes) throws XMLStreamException {
        xml.writeStartElement(element);
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], clean(attributes[i + 1]));
        }
    }

    /** Removes characters that XML does not allow, such as terminal escape codes. */
    private static String clean(String text) {
        return text.replaceAll(NOT_XML, "");
    }
}
