package workbook.evaluate.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The workbook as a static site: its pages, and the sources that they link to, read-only. */
public final class StaticSite {

    /** The file by which a folder is known to be a site. */
    private static final String MARK = "search.js";

    private final Path home;
    private final SiteFiles files;

    /** Reads the pages of the project in this folder. */
    public StaticSite(Path home) {
        this.home = home;
        this.files = SiteFiles.of(home);
    }

    /** The links that lead nowhere, with the page that has them. */
    public Map<String, Path> broken() {
        return files.broken();
    }

    public int pages() {
        return files.pages().size();
    }

    public int sources() {
        return files.sources().size();
    }

    /** Whether {@link #write} may delete what is in this folder: it has a site, or nothing. */
    public static boolean mayReplace(Path folder) {
        try (Stream<Path> content = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            return content.findAny().isEmpty() || Files.exists(folder.resolve(MARK));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Writes the site; what was in the folder is deleted.
     *
     * @throws UncheckedIOException if a file cannot be written
     */
    public void write(Path folder) {
        try {
            delete(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + folder + ": " + e.getMessage(), e);
        }
        new SiteWriter(home, folder, files).write();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> content;
        try (Stream<Path> walk = Files.walk(folder)) {
            content = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : content) {
            Files.delete(path);
        }
    }
}
