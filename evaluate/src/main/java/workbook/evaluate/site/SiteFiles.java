package workbook.evaluate.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import workbook.check.docs.Page;

/**
 * What the site consists of: README.md, the lessons, and the files that they link to, directly or over other pages. Paths are
 * relative to the project's folder.
 */
final class SiteFiles {

    private final Path home;
    private final Map<Path, Page> pages = new LinkedHashMap<>();
    private final SortedSet<Path> sources = new TreeSet<>();
    private final SortedSet<Path> folders = new TreeSet<>();
    private final SortedSet<Path> pictures = new TreeSet<>();
    private final Map<String, Path> broken = new TreeMap<>();

    private SiteFiles(Path home) {
        this.home = home;
    }

    /** Follows all links. */
    static SiteFiles of(Path home) {
        SiteFiles files = new SiteFiles(home);
        Deque<Path> open = new ArrayDeque<>(List.of(Path.of("README.md")));
        open.addAll(files.lessons());
        files.follow(open);
        return files;
    }

    /** The pages of the lessons, in their order. */
    List<Path> lessons() {
        Path lessons = Path.of("lessons");
        try (Stream<Path> folders = Files.list(home.resolve(lessons))) {
            return folders.map(folder -> lessons.resolve(folder.getFileName()).resolve("README.md"))
                    .filter(page -> Files.isRegularFile(home.resolve(page)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the folder lessons: " + e.getMessage(), e);
        }
    }

    private void follow(Deque<Path> open) {
        while (!open.isEmpty()) {
            Path file = open.remove();
            if (pages.containsKey(file)) {
                continue;
            }
            Page page = Page.read(home.resolve(file));
            pages.put(file, page);
            for (String link : Page.links(page.text())) {
                if (!Page.isExternal(link) && !link.startsWith("#")) {
                    add(file, link, open);
                }
            }
        }
    }

    private void add(Path from, String link, Deque<Path> open) {
        Path target = target(from, link);
        Path file = home.resolve(target);
        if (target.startsWith("..") || !Files.exists(file)) {
            broken.put(link, from);
        } else if (Files.isDirectory(file)) {
            folders.add(target);
            sources.addAll(listed(target));
        } else if (SitePath.isPage(target)) {
            open.add(target);
        } else if (SitePath.isPicture(target)) {
            pictures.add(target);
        } else {
            sources.add(target);
        }
    }

    /** The file or folder that a link names; a folder with a README.md is that page. */
    Path target(Path from, String link) {
        Path target = Page.Target.of(from, link).file();
        Path readme = target.resolve("README.md");
        return Files.isRegularFile(home.resolve(readme)) ? readme : target;
    }

    /** The address of a link on the site, seen from the page that has it. */
    String link(Path from, String link) {
        if (Page.isExternal(link) || link.startsWith("#")) {
            return link;
        }
        Path target = target(from, link);
        String anchor = link.contains("#") ? link.substring(link.indexOf('#')) : "";
        return SitePath.link(SitePath.ofPage(from), address(target)) + anchor;
    }

    private Path address(Path target) {
        if (SitePath.isPage(target)) {
            return SitePath.ofPage(target);
        }
        if (folders.contains(target)) {
            return SitePath.ofFolder(target);
        }
        return SitePath.isPicture(target) ? target : SitePath.ofSource(target);
    }

    /** The files of a folder, not those of folders in it. */
    List<Path> listed(Path folder) {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.resolve(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    Map<Path, Page> pages() {
        return pages;
    }

    SortedSet<Path> sources() {
        return sources;
    }

    SortedSet<Path> folders() {
        return folders;
    }

    SortedSet<Path> pictures() {
        return pictures;
    }

    /** The links that lead nowhere, with the page that has them. */
    Map<String, Path> broken() {
        return broken;
    }
}
