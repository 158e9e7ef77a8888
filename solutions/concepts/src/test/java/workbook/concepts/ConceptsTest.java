package workbook.concepts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.docs.Page;
import workbook.check.verdict.Diagnosis;

/** CONCEPTS.md explains every concept that misconceptions name and shows where to see it; no link is broken. */
class ConceptsTest {

    private static final Path HOME = Workspace.current().home();
    private static final Page CONCEPTS = Page.read(HOME.resolve("CONCEPTS.md"));
    private static final List<Section> SECTIONS = sections();

    /** The text before the first section: the introduction and the contents. */
    private static final String CONTENTS = CONCEPTS.text().split("\n##+ ", 2)[0];

    private static final String SEE_IT = "See it:";
    private static final Pattern CONCEPT = Pattern.compile("concept = \"([^\"]+)\"");

    private record Section(Page.Part part) {

        String heading() {
            return part.heading();
        }

        String anchor() {
            return Page.anchor(heading());
        }

        /** Its own anchor, and those of the terms in it. */
        Set<String> anchors() {
            return new Page(CONCEPTS.file(), "### " + heading() + "\n" + part.text()).anchors();
        }

        List<String> paragraphs() {
            return part.paragraphs();
        }

        String seeIt() {
            return paragraphs().get(paragraphs().size() - 1);
        }

        boolean leadsTo(Section other) {
            return !equals(other)
                    && CONCEPTS.targets(part.text())
                            .filter(ConceptsTest::isConcept)
                            .map(Page.Target::anchor)
                            .anyMatch(other.anchors()::contains);
        }

        @Override
        public String toString() {
            return heading();
        }
    }

    private static List<Section> sections() {
        return Page.parts(CONCEPTS.text()).stream().map(Section::new).toList();
    }

    @Test
    void thereAreAboutSixtySectionsWithUniqueAnchors() {
        assertThat(SECTIONS).hasSizeBetween(38, 75);
        assertThat(SECTIONS)
                .allSatisfy(section -> assertThat(section.heading())
                        .as("letters and spaces, which every rule for anchors agrees on")
                        .matches("[A-Za-z ]+(-[a-z]+)*[a-z ]*"));
        assertThat(SECTIONS.stream().flatMap(section -> section.anchors().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void theContentsListEverySectionInItsOrder() {
        assertThat(Page.links(CONTENTS).stream().filter(link -> !link.equals("#glossary")))
                .containsExactlyElementsOf(
                        SECTIONS.stream().map(section -> "#" + section.anchor()).toList());
    }

    @Test
    void theGlossaryExplainsAtLeastFortyTermsInOneSentenceEach() {
        List<String[]> rows = CONCEPTS.text()
                .split("\n## Glossary\n", 2)[1]
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> line.split(" \\| |\\| | \\|"))
                .toList();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(40);
        assertThat(rows).extracting(row -> row[1]).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
        assertThat(rows)
                .extracting(row -> row[2])
                .allSatisfy(meaning -> assertThat(meaning).endsWith(".").doesNotContain(". "));
    }

    @Test
    void everySectionEndsWithWhereToSeeIt() {
        assertThat(SECTIONS).allSatisfy(section -> {
            assertThat(section.seeIt()).startsWith(SEE_IT);
            assertThat(CONCEPTS.targets(section.seeIt()).map(Page.Target::file))
                    .as("a file, not only another section")
                    .anyMatch(file -> !file.equals(CONCEPTS.file()));
        });
    }

    @Test
    void everyLinkWithinTheRepositoryLeadsSomewhere() {
        assertThat(CONCEPTS.targets(CONCEPTS.text()))
                .allSatisfy(target -> assertThat(target.exists()).isTrue());
    }

    @Test
    void everyFigureIsShownOnceWithAnAlternativeText() throws IOException {
        Path folder = HOME.resolve("figures");
        List<Page.Picture> pictures = CONCEPTS.pictures();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(pictures).extracting(Page.Picture::file).containsExactlyInAnyOrderElementsOf(files.toList());
        }
        assertThat(pictures).allSatisfy(picture -> assertThat(picture.words()).hasSizeBetween(60, 400));
    }

    @Test
    void everyLinkToAConceptHasATarget() {
        Set<String> anchors = CONCEPTS.anchors();
        assertThat(pages())
                .allSatisfy(page ->
                        assertThat(concepts(page)).as(page.file().toString()).isSubsetOf(anchors));
    }

    @Test
    void everyMisconceptionNamesAConceptThatIsExplained() {
        Set<String> anchors = CONCEPTS.anchors();
        assertThat(misconceptions())
                .isNotEmpty()
                .allSatisfy(
                        named -> assertThat(anchors).as(named.file().toString()).contains(named.anchor()));
    }

    @Test
    void everySectionIsLinked() {
        Set<String> named = Stream.concat(
                        misconceptions().stream().map(Page.Target::anchor),
                        pages().stream()
                                .filter(page -> !page.equals(CONCEPTS))
                                .flatMap(page -> concepts(page).stream()))
                .collect(Collectors.toSet());
        assertThat(SECTIONS)
                .filteredOn(section -> section.anchors().stream().noneMatch(named::contains))
                .filteredOn(section -> SECTIONS.stream().noneMatch(other -> other.leadsTo(section)))
                .as("sections without a link")
                .isEmpty();
    }

    @Test
    void sourcesAreHttpsAndNextToTheirFacts() {
        assertThat(Page.links(CONCEPTS.text()).stream().filter(Page::isExternal))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(link).startsWith("https://"));
        List<String> sourced = SECTIONS.stream()
                .flatMap(section -> section.paragraphs().stream())
                .filter(paragraph -> Page.links(paragraph).stream().anyMatch(Page::isExternal))
                .toList();
        assertThat(sourced).isNotEmpty().allSatisfy(paragraph -> {
            assertThat(paragraph).doesNotStartWith(SEE_IT);
            assertThat(paragraph.replaceAll("\\[[^]]*]\\([^)]*\\)", ""))
                    .as("the fact itself")
                    .hasSizeGreaterThan(80);
        });
    }

    private static boolean isConcept(Page.Target target) {
        return target.file().equals(CONCEPTS.file());
    }

    /** The concepts that the misconceptions of all lessons name, each with the file that names it. */
    private static List<Page.Target> misconceptions() {
        return sources()
                .flatMap(file -> CONCEPT.matcher(Page.read(file).text())
                        .results()
                        .map(named -> new Page.Target(
                                file, Diagnosis.place(named.group(1)).replaceFirst("^CONCEPTS\\.md#", ""))))
                .toList();
    }

    private static Stream<Path> sources() {
        Workspace workspace = Workspace.current();
        return workspace.lessons().stream()
                .flatMap(lesson -> workspace.exercises(lesson).stream()
                        .map(name -> HOME.resolve(Exercise.of(lesson, name).answer()))
                        .map(answer -> answer.resolveSibling(
                                answer.getFileName().toString().replace(".java", "Misconceptions.java"))));
    }

    /** The concepts that a page links to. */
    private static List<String> concepts(Page page) {
        return page.targets(page.text())
                .filter(ConceptsTest::isConcept)
                .map(Page.Target::anchor)
                .filter(anchor -> !anchor.isEmpty())
                .toList();
    }

    /** All pages in the repository, without the files that other tests create and delete meanwhile. */
    private static List<Page> pages() {
        List<Page> pages = new ArrayList<>();
        try {
            Files.walkFileTree(HOME, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return folder.getFileName().toString().matches("target|\\.git|\\.workbook")
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".md")) {
                        pages.add(Page.read(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }
}
