package workbook.evaluate.month;

import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import workbook.check.verdict.Verdict;

/** The score in the XML of JUnit, which every CI can show: a suite for each lesson, a case for each exercise. */
final class JunitReport {

    private static final String NOT_XML = "[^\\t\\n\\r -\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]";

    private final XMLStreamWriter xml;
    private final Map<String, String> reasons;

    private JunitReport(XMLStreamWriter xml, Map<String, String> reasons) {
        this.xml = xml;
        this.reasons = reasons;
    }

    /**
     * @param reasons why answers were refused, by class name, as far as it is known
     */
    static String of(Score score, Map<String, String> reasons) {
        StringWriter text = new StringWriter();
        try {
            // Whatever other writer a library has brought along, the JDK's own is known to escape.
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JunitReport(xml, reasons).write(score);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The report could not be written as XML: " + e.getMessage(), e);
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
                .filter(item -> item.standing().verdict().isEmpty())
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
            testCase(lesson, item.standing());
        }
        xml.writeEndElement();
    }

    private void testCase(Score.Lesson lesson, ExerciseResult standing) throws XMLStreamException {
        start("testcase", "classname", "lesson" + lesson.lesson(), "name", standing.name(), "file", standing.source());
        if (standing.verdict().isEmpty()) {
            start("skipped", "message", "not judged as it is now");
            xml.writeEndElement();
        } else if (!standing.isSolved()) {
            start("failure", "type", standing.said(), "message", message(standing));
            xml.writeCharacters(clean(reasons.getOrDefault(standing.exercise(), "")));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String message(ExerciseResult standing) {
        String verdict = switch (standing.verdict().orElse(Verdict.UNSOLVED)) {
            case UNSOLVED -> "not solved yet, open " + standing.source();
            case WRONG -> "it does something else than asked";
            case BROKEN -> "it does not run";
            case SOLVED -> throw new IllegalArgumentException("What is solved has not failed.");
        };
        return standing.diagnosis().isEmpty() ? verdict : verdict + "; recognised: " + standing.diagnosis();
    }

    private void start(String element, String... attributes) throws XMLStreamException {
        xml.writeStartElement(element);
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], clean(attributes[i + 1]));
        }
    }

    /** What XML cannot hold in any form, such as the colours of a terminal, is left out. */
    private static String clean(String text) {
        return text.replaceAll(NOT_XML, "");
    }
}
