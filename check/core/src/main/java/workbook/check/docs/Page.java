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

/** A page of this repository, in Markdown. */
public record Page(Path file, String text) {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern PICTURE = Pattern.compile("!\\[([^]]*)]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern PART = Pattern.compile("(?ms)^### ([^\\n]+)\\n(.*?)(?=^##|\\z)");
    private static final Pattern ID = Pattern.compile("<a id=\"([^\"]+)\">");

    /**
     * The page in this file; what separates its lines is {@code \n}.
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

    /** Where all of a text's links lead, as they are written. */
    public static List<String> links(String text) {
        return LINK.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** Whether a link leads out of this repository. */
    public static boolean isExternal(String link) {
        return link.contains("://");
    }

    /** What stands under headings of the third level, in order. */
    public static List<Part> parts(String text) {
        return PART.matcher(text)
                .results()
                .map(found -> new Part(found.group(1), found.group(2)))
                .toList();
    }

    /** As GitHub makes it of a heading. */
    public static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** The links that stay in this repository, as file and anchor. */
    public Stream<Target> targets(String text) {
        return links(text).stream().filter(link -> !isExternal(link)).map(link -> Target.of(file, link));
    }

    /** The pictures of this repository that it shows, in order. */
    public List<Picture> pictures() {
        return PICTURE.matcher(text)
                .results()
                .map(found -> new Picture(
                        found.group(1), Target.of(file, found.group(2)).file()))
                .toList();
    }

    /** What can be linked to in it. */
    public Set<String> anchors() {
        Stream<String> headings = HEADING.matcher(text).results().map(found -> anchor(found.group(1)));
        Stream<String> ids = ID.matcher(text).results().map(found -> found.group(1));
        return Stream.concat(headings, ids).collect(Collectors.toSet());
    }

    /** A picture of the page, and what it shows in words. */
    public record Picture(String words, Path file) {}

    /** A heading and all up to the next. */
    public record Part(String heading, String text) {

        /** What blank lines separate. */
        public List<String> paragraphs() {
            return Arrays.asList(text.strip().split("\n\n"));
        }
    }

    /** Where a link leads; the anchor is empty if it names the file only. */
    public record Target(Path file, String anchor) {

        /** The target of a link that stands in the file {@code from}. */
        public static Target of(Path from, String link) {
            String[] parts = link.split("#", 2);
            Path file =
                    parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
            return new Target(file, parts.length > 1 ? parts[1] : "");
        }

        /** Whether there is such a file, with such an anchor. */
        public boolean exists() {
            return Files.isRegularFile(file)
                    && (anchor.isEmpty() || Page.read(file).anchors().contains(anchor));
        }
    }
}
