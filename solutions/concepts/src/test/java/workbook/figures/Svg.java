package workbook.figures;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Builds an SVG drawing, one element per line. Lengths are pixels; styles are the classes of {@code figure.css}. */
final class Svg {

    static final int WIDTH = 760;

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /**
     * An empty drawing.
     *
     * @param title its title
     * @param description its alternative text
     */
    Svg(String title, String description, int height) {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        write(() -> {
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace(NAMESPACE);
            attributes("viewBox", "0 0 " + WIDTH + " " + height, "role", "img", "aria-labelledby", "title description");
            xml.writeCharacters("\n");
        });
        element("title", title, "id", "title");
        element("desc", description, "id", "description");
        element("style", "\n" + css());
        write(() -> {
            xml.writeStartElement("marker");
            attributes(
                    "id",
                    "tip",
                    "viewBox",
                    "0 0 8 8",
                    "refX",
                    "7",
                    "refY",
                    "4",
                    "markerWidth",
                    "8",
                    "markerHeight",
                    "8",
                    "orient",
                    "auto");
            xml.writeEmptyElement("path");
            attributes("class", "tip", "d", "M0 0 8 4 0 8z");
            xml.writeEndElement();
            xml.writeCharacters("\n");
        });
        text("title", 20, 26, title);
    }

    Svg rectangle(String style, double x, double y, double width, double height) {
        return element(
                "rect",
                "",
                "class",
                style,
                "x",
                number(x),
                "y",
                number(y),
                "width",
                number(width),
                "height",
                number(height),
                "rx",
                "3");
    }

    Svg circle(String style, double x, double y, double radius) {
        return element("circle", "", "class", style, "cx", number(x), "cy", number(y), "r", number(radius));
    }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        return path(style, "M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2));
    }

    /** A line through points, as {@code x, y, x, y …}. */
    Svg path(String style, double... points) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.length; i += 2) {
            path.append(i == 0 ? "M" : "L")
                    .append(number(points[i]))
                    .append(' ')
                    .append(number(points[i + 1]));
        }
        return path(style, path.toString());
    }

    /** A line through points, with an arrowhead. */
    Svg arrow(String style, double... points) {
        return path(style + " arrow", points);
    }

    /** A cross. */
    Svg cross(String style, double x, double y) {
        return path(style, "M" + number(x - 5) + " " + number(y - 5) + "l10 10m0 -10l-10 10");
    }

    /** Text that begins, ends ({@code end}) or is centered ({@code middle}) at x, with its baseline at y. */
    Svg text(String style, double x, double y, String words) {
        return element("text", words, "class", style, "x", number(x), "y", number(y));
    }

    /** Finishes the drawing and returns it. */
    String end() {
        write(() -> {
            xml.writeEndDocument();
            xml.writeCharacters("\n");
            xml.flush();
        });
        return text.toString();
    }

    private Svg path(String style, String path) {
        return element("path", "", "class", style, "d", path);
    }

    private Svg element(String name, String content, String... attributes) {
        write(() -> {
            if (content.isEmpty()) {
                xml.writeEmptyElement(name);
            } else {
                xml.writeStartElement(name);
            }
            attributes(attributes);
            if (!content.isEmpty()) {
                xml.writeCharacters(content);
                xml.writeEndElement();
            }
            xml.writeCharacters("\n");
        });
        return this;
    }

    private void attributes(String... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            xml.writeAttribute(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String css() {
        try (InputStream css = Svg.class.getResourceAsStream("figure.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs an action that writes to memory, which does not fail. */
    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Writing {
        void run() throws XMLStreamException;
    }
}
