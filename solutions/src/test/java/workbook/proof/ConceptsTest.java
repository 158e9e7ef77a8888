package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import workbook.check.Desk;
import workbook.check.Diagnosis;
import workbook.check.Misconception;
import workbook.check.Misconceptions;

/** CONCEPTS.md explains what the misconceptions name, shows where to see it, and no link from it or to it is broken. */
class ConceptsTest {

    private static final Path HOME = Desk.here().home();
    private static final Page CONCEPTS = Page.read(HOME.resolve("CONCEPTS.md"));
    private static final List<Section> SECTIONS = sections();

    /** What precedes the first section: the introduction and the contents. */
    private static final String CONTENTS = CONCEPTS.text().split("\n##+ ", 2)[0];
    private static final String SEE_IT = "See it:";

    /** A page of this repository, in Markdown. */
    private record Page(Path file, String text) {

        private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
        private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
        private static final Pattern ID = Pattern.compile("<a id=\"([^\"]+)\">");

        static Page read(Path file) {
            try {
                return new Page(file, Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static List<String> links(String text) {
            return LINK.matcher(text).results().map(found -> found.group(1)).toList();
        }

        /** The links that stay in this repository, as file and anchor. */
        Stream<Target> targets(String text) {
            return links(text).stream().filter(link -> !isExternal(link)).map(link -> Target.of(file, link));
        }

        Set<String> anchors() {
            Stream<String> headings = HEADING.matcher(text).results().map(found -> anchor(found.group(1)));
            Stream<String> ids = ID.matcher(text).results().map(found -> found.group(1));
            return Stream.concat(headings, ids).collect(Collectors.toSet());
        }

        /** As GitHub makes it of a heading. */
        private static String anchor(String heading) {
            return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
        }

        static boolean isExternal(String link) {
            return link.contains("://");
        }
    }

    /** Where a link leads; the anchor is empty if it names the file only. */
    private record Target(Path file, String anchor) {

        static Target of(Path from, String link) {
            String[] parts = link.split("#", 2);
            Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
            return new Target(file, parts.length > 1 ? parts[1] : "");
        }

        boolean exists() {
            return Files.isRegularFile(file) && (anchor.isEmpty() || Page.read(file).anchors().contains(anchor));
        }

        boolean isConcept() {
            return file.equals(CONCEPTS.file());
        }
    }

    private record Section(String heading, String text) {

        String anchor() {
            return Page.anchor(heading);
        }

        /** Its own anchor, and those of the terms in it. */
        Set<String> anchors() {
            return new Page(CONCEPTS.file(), "### " + heading + "\n" + text).anchors();
        }

        List<String> paragraphs() {
            return Arrays.asList(text.strip().split("\n\n"));
        }

        String seeIt() {
            return paragraphs().get(paragraphs().size() - 1);
        }

        boolean leadsTo(Section other) {
            return !equals(other) && CONCEPTS.targets(text).filter(Target::isConcept).map(Target::anchor)
                    .anyMatch(other.anchors()::contains);
        }

        @Override
        public String toString() {
            return heading;
        }
    }

    private static List<Section> sections() {
        Pattern section = Pattern.compile("(?ms)^### ([^\\n]+)\\n(.*?)(?=^##|\\z)");
        return section.matcher(CONCEPTS.text()).results()
                .map((MatchResult found) -> new Section(found.group(1), found.group(2)))
                .toList();
    }

    @Test
    void thereAreSomeFortySectionsEachWithAnAnchorOfItsOwn() {
        assertThat(SECTIONS).hasSizeBetween(38, 60);
        assertThat(SECTIONS).allSatisfy(section ->
                assertThat(section.heading()).as("letters and spaces, which every rule for anchors agrees on")
                        .matches("[A-Za-z ]+(-[a-z]+)*[a-z ]*"));
        assertThat(SECTIONS.stream().flatMap(section -> section.anchors().stream())).doesNotHaveDuplicates();
    }

    @Test
    void theContentsListEverySectionInItsOrder() {
        assertThat(Page.links(CONTENTS)).isEqualTo(SECTIONS.stream().map(section -> "#" + section.anchor()).toList());
    }

    @Test
    void everySectionEndsWithWhereToSeeIt() {
        assertThat(SECTIONS).allSatisfy(section -> {
            assertThat(section.seeIt()).startsWith(SEE_IT);
            assertThat(CONCEPTS.targets(section.seeIt()).map(Target::file))
                    .as("a file, not only another section").anyMatch(file -> !file.equals(CONCEPTS.file()));
        });
    }

    @Test
    void everyLinkWithinTheRepositoryLeadsSomewhere() {
        assertThat(CONCEPTS.targets(CONCEPTS.text())).allSatisfy(target -> assertThat(target.exists()).isTrue());
    }

    @Test
    void noPageLinksToAConceptThatIsNotThere() {
        Set<String> anchors = CONCEPTS.anchors();
        assertThat(pages()).allSatisfy(page ->
                assertThat(concepts(page)).as(page.file().toString()).isSubsetOf(anchors));
    }

    @Test
    void everyMisconceptionNamesAConceptThatIsExplained() {
        Set<String> anchors = CONCEPTS.anchors();
        assertThat(misconceptions()).isNotEmpty().allSatisfy(wrong ->
                assertThat(anchors).as(wrong.toString()).contains(concept(wrong)));
    }

    @Test
    void noSectionIsAnOrphan() {
        Set<String> named = Stream.concat(
                misconceptions().stream().map(ConceptsTest::concept),
                pages().stream().filter(page -> !page.equals(CONCEPTS)).flatMap(page -> concepts(page).stream()))
                .collect(Collectors.toSet());
        assertThat(SECTIONS).filteredOn(section -> section.anchors().stream().noneMatch(named::contains))
                .filteredOn(section -> SECTIONS.stream().noneMatch(other -> other.leadsTo(section)))
                .as("nobody leads there").isEmpty();
    }

    @Test
    void sourcesAreHttpsAndStandBesideTheirFacts() {
        assertThat(Page.links(CONCEPTS.text()).stream().filter(Page::isExternal))
                .isNotEmpty().allSatisfy(link -> assertThat(link).startsWith("https://"));
        List<String> sourced = SECTIONS.stream().flatMap(section -> section.paragraphs().stream())
                .filter(paragraph -> Page.links(paragraph).stream().anyMatch(Page::isExternal))
                .toList();
        assertThat(sourced).isNotEmpty().allSatisfy(paragraph -> {
            assertThat(paragraph).doesNotStartWith(SEE_IT);
            assertThat(paragraph.replaceAll("\\[[^]]*]\\([^)]*\\)", "")).as("the fact itself").hasSizeGreaterThan(80);
        });
    }

    private static List<Class<?>> misconceptions() {
        return Checkpoints.all(Desk.here()).flatMap(checkpoint -> Misconceptions.of(checkpoint).stream()).toList();
    }

    private static String concept(Class<?> wrong) {
        return Diagnosis.place(wrong.getAnnotation(Misconception.class).concept()).replaceFirst("^CONCEPTS\\.md#", "");
    }

    /** The concepts that a page links to. */
    private static List<String> concepts(Page page) {
        return page.targets(page.text()).filter(Target::isConcept).map(Target::anchor)
                .filter(anchor -> !anchor.isEmpty()).toList();
    }

    private static List<Page> pages() {
        try (Stream<Path> files = Files.walk(HOME)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !HOME.relativize(file).toString().matches("(\\.git|\\.workbook|.*target)/.*"))
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
