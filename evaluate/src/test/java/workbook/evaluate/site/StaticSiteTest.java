package workbook.evaluate.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.kit.ProjectFolder;

class StaticSiteTest {

    @TempDir
    private Path folder;

    @Test
    void everyLinkOfThisProjectsSiteLeadsSomewhere() throws IOException {
        StaticSite site = new StaticSite(ProjectFolder.find().orElseThrow());
        site.write(folder.resolve("site"));

        Map<Path, Document> pages = documents(folder.resolve("site"));
        Map<String, String> broken = new TreeMap<>();
        pages.forEach((file, page) -> addresses(page).forEach(address -> {
            if (!isThere(file, address, pages)) {
                broken.put(file + " → " + address, "");
            }
        }));

        assertThat(site.broken()).isEmpty();
        assertThat(broken.keySet()).isEmpty();
        assertThat(pages).hasSizeGreaterThan(site.pages() + site.sources());
    }

    @Test
    void aPageIsReachedOverOtherPagesAndAFolderListsItsFiles() throws IOException {
        write(
                "README.md",
                "# The workbook\n\n[lesson](lessons/01-basics/README.md#run-it) [all](lessons/01-basics/late)\n");
        write("lessons/01-basics/README.md", "# 01 · Basics\n\n## Run it\n\n[First](First.java) ![a line](line.svg)\n");
        write("lessons/01-basics/First.java", "class First<T> {}\n");
        write("lessons/01-basics/line.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
        write("lessons/01-basics/late/One.java", "class One {}\n");
        write("lessons/02-more/README.md", "# 02 · More\n\nText.\n");
        Path site = folder.resolve("site");

        new StaticSite(folder).write(site);

        Document home = Jsoup.parse(site.resolve("index.html"));
        assertThat(home.select("main a").eachAttr("href"))
                .containsExactly("lessons/01-basics/index.html#run-it", "lessons/01-basics/late/index.html");
        assertThat(home.select(".side a").eachText()).containsExactly("01 · Basics", "02 · More");
        Document lesson = Jsoup.parse(site.resolve("lessons/01-basics/index.html"));
        assertThat(lesson.select("main a").eachAttr("href")).containsExactly("First.java.html");
        assertThat(lesson.select("[aria-current=page]").text()).isEqualTo("01 · Basics");
        assertThat(Jsoup.parse(site.resolve("lessons/01-basics/First.java.html"))
                        .select("pre code.language-java")
                        .text())
                .isEqualTo("class First<T> {}");
        assertThat(site.resolve("lessons/01-basics/line.svg")).exists();
        assertThat(Jsoup.parse(site.resolve("lessons/01-basics/late/index.html"))
                        .select("main a")
                        .eachAttr("href"))
                .containsExactly("One.java.html");
        assertThat(site.resolve("search.js")).content().contains("01 · Basics", "index.html#run-it");
    }

    @Test
    void aLinkThatLeadsNowhereOrOutOfTheProjectIsNamed() throws IOException {
        write("README.md", "# The workbook\n\n[a](missing.md) [b](../secret.txt) [c](https://example.org)\n");
        Files.createDirectories(folder.resolve("lessons"));

        assertThat(new StaticSite(folder).broken())
                .isEqualTo(Map.of("missing.md", Path.of("README.md"), "../secret.txt", Path.of("README.md")));
    }

    @Test
    void aFolderWithOtherFilesIsNotReplaced() throws IOException {
        write("README.md", "# The workbook\n");
        Files.createDirectories(folder.resolve("lessons"));
        Path site = folder.resolve("site");

        assertThat(StaticSite.mayReplace(site)).isTrue();
        new StaticSite(folder).write(site);
        write("site/old.html", "old");
        assertThat(StaticSite.mayReplace(site)).isTrue();
        new StaticSite(folder).write(site);
        assertThat(site.resolve("old.html")).doesNotExist();
        assertThat(StaticSite.mayReplace(folder)).isFalse();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Map<Path, Document> documents(Path site) throws IOException {
        Map<Path, Document> pages = new TreeMap<>();
        try (Stream<Path> files = Files.walk(site)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".html")).toList()) {
                pages.put(file, Jsoup.parse(file));
            }
        }
        return pages;
    }

    private static List<String> addresses(Document page) {
        return Stream.of("href", "src", "action")
                .flatMap(name -> page.select("[" + name + "]").eachAttr(name).stream())
                .filter(address -> !address.contains("://"))
                .distinct()
                .toList();
    }

    private static boolean isThere(Path from, String address, Map<Path, Document> pages) {
        String[] parts = address.split("#", 2);
        Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        if (parts.length == 1 || parts[1].isEmpty()) {
            return Files.isRegularFile(file);
        }
        return pages.containsKey(file) && pages.get(file).getElementById(parts[1]) != null;
    }
}
