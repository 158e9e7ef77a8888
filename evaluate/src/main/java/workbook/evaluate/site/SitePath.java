package workbook.evaluate.site;

import java.nio.file.Path;
import workbook.check.catalog.Workspace;

/** Where the files of this repository are on the site. Paths are relative to the two roots. */
final class SitePath {

    private static final String PAGE = ".md";
    private static final String INDEX = "README.md";

    private SitePath() {}

    /** {@code lessons/05-watermarks/index.html} for its {@code README.md}, {@code CONCEPTS.html} for CONCEPTS.md. */
    static Path ofPage(Path page) {
        String name = page.getFileName().toString();
        return page.resolveSibling(
                name.equals(INDEX) ? "index.html" : name.substring(0, name.length() - PAGE.length()) + ".html");
    }

    /** {@code FirstStream.java.html} for FirstStream.java. */
    static Path ofSource(Path source) {
        return source.resolveSibling(source.getFileName() + ".html");
    }

    /** {@code formats/index.html} for a folder. */
    static Path ofFolder(Path folder) {
        return folder.resolve("index.html");
    }

    /** Whether a file is a Markdown page. */
    static boolean isPage(Path file) {
        return file.toString().endsWith(PAGE);
    }

    /** Whether a file is a picture, which is copied as it is. */
    static boolean isPicture(Path file) {
        return file.toString().matches(".+\\.(svg|png|jpg)");
    }

    /** The address of one file of the site, seen from another one. */
    static String link(Path from, Path to) {
        Path folder = from.getParent() == null ? Path.of("") : from.getParent();
        return Workspace.display(folder.relativize(to));
    }
}
