package workbook.check.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Markdown page of this repository. */
public record Page(Path file, String text) {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern PICTURE = Pattern.compile("!\\[([^]]*)]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern PART = Pattern.compile("(?ms)^### ([^\\n]+)\\n(.*?)(?=^##|\\z)");
    private static final Pattern ID = Pattern.compile("<a id=\"([^\"]+)\">");

    /**
     * Reads a page; its lines are separated by {@code \n}.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    public static Page read(Path file) {
        try {
            return new Page(file, Files.readString(file).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The targets of all links in a text, as written. */
    public static List<String> links(String text) {
        return LINK.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** Whether a link points outside this repository. */
    public static boolean isExternal(String link) {
        return link.contains("://");
    }

    /** The sections under third-level headings, in order. */
    public static List<Part> parts(String text) {
        return PART.matcher(text)
                .results()
                .map(found -> new Part(found.group(1), found.group(2)))
                .toList();
    }

    /** The anchor that GitHub generates for a heading. */
    public static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** The links within this repository, as file and anchor. */
    public Stream<Target> targets(String text) {
        return links(text).stream().filter(link -> !isExternal(link)).map(link -> Target.of(file, link));
    }

    /** The pictures on this page, in order. */
    public List<Picture> pictures() {
        return PICTURE.matcher(text)
                .results()
                .map(found -> new Picture(
                        found.group(1), Target.of(file, found.group(2)).file()))
                .toList();
    }

    /** All anchors of this page: those of headings and those of HTML ids. */
    public Set<String> anchors() {
        Stream<String> headings = HEADING.matcher(text).results().map(found -> anchor(found.group(1)));
        Stream<String> ids = ID.matcher(text).results().map(found -> found.group(1));
        return Stream.concat(headings, ids).collect(Collectors.toSet());
    }

    /** A picture and its alternative text. */
    public record Picture(String words, Path file) {}

    /** A heading and the text up to the next heading. */
    public record Part(String heading, String text) {

        /** The paragraphs, which blank lines separate. */
        public List<String> paragraphs() {
            return Arrays.asList(text.strip().split("\n\n"));
        }
    }

    /** The target of a link; the anchor is empty if the link names the file only. */
    public record Target(Path file, String anchor) {

        /** The target of a link in the file {@code from}. */
        public static Target of(Path from, String link) {
            String[] parts = link.split("#", 2);
            Path file =
                    parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
            return new Target(file, parts.length > 1 ? parts[1] : "");
        }

        /** Whether the file exists and has the anchor. */
        public boolean exists() {
            return Files.isRegularFile(file)
                    && (anchor.isEmpty() || Page.read(file).anchors().contains(anchor));
        }
    }
}
