package workbook.evaluate.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the files of the site: pages, sources, pictures, style, scripts, and the index that the search reads. */
final class SiteWriter {

    private static final List<String> ASSETS = List.of("site.css", "site.js");
    private static final String HIGHLIGHTER = "/META-INF/resources/webjars/highlightjs/11.11.1/highlight.min.js";
    private static final Path SEARCH = Path.of("search.html");

    private final Template template = Mustache.compiler().compile(resource("page.html"));
    private final ObjectMapper json = new ObjectMapper();
    private final List<Map<String, String>> index = new ArrayList<>();
    private final Path home;
    private final Path site;
    private final SiteFiles files;
    private final List<Path> lessons;

    /**
     * @param home the project's folder
     * @param site an empty folder
     */
    SiteWriter(Path home, Path site, SiteFiles files) {
        this.home = home;
        this.site = site;
        this.files = files;
        this.lessons = files.lessons();
    }

    /** Writes everything. */
    void write() {
        files.pages().forEach((path, page) -> {
            RenderedPage rendered = PageRenderer.render(page, link -> files.link(path, link));
            write(new View(SitePath.ofPage(path), rendered.title(), rendered.html(), rendered.headings()));
            index(SitePath.ofPage(path), rendered);
        });
        files.sources().forEach(this::source);
        files.folders().forEach(this::folder);
        files.pictures().forEach(this::picture);
        write(new View(
                SEARCH, "Search", "<h1>Search</h1>\n<p id=\"found\" role=\"status\"></p>\n<ol id=\"results\"></ol>"));
        ASSETS.forEach(asset -> write(Path.of(asset), resource(asset)));
        write(Path.of("highlight.js"), resource(HIGHLIGHTER));
        write(Path.of("search.js"), "const SECTIONS = " + json(index) + ";\n");
    }

    private void index(Path address, RenderedPage page) {
        for (RenderedPage.Section section : page.sections()) {
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("page", page.title());
            entry.put("heading", section.heading());
            entry.put("link", SitePath.link(Path.of(""), address) + "#" + section.anchor());
            entry.put("text", section.text());
            index.add(entry);
        }
    }

    private void source(Path source) {
        String text = read(home.resolve(source));
        String language = Language.of(source);
        write(new View(
                SitePath.ofSource(source),
                source.getFileName().toString(),
                "<h1>%s</h1>\n<p class=\"quiet\">%s</p>\n<pre tabindex=\"0\"><code class=\"language-%s\">%s</code></pre>"
                        .formatted(
                                escape(source.getFileName()),
                                escape(SitePath.link(Path.of(""), source)),
                                language,
                                escape(text))));
    }

    private void folder(Path folder) {
        Path address = SitePath.ofFolder(folder);
        StringBuilder list = new StringBuilder();
        for (Path file : files.listed(folder)) {
            list.append("<li><a href=\"%s\">%s</a></li>\n"
                    .formatted(escape(SitePath.link(address, SitePath.ofSource(file))), escape(file.getFileName())));
        }
        String name = escape(SitePath.link(Path.of(""), folder));
        write(new View(address, folder.toString(), "<h1>%s</h1>\n<ul>\n%s</ul>".formatted(name, list)));
    }

    private void picture(Path picture) {
        try {
            Path to = site.resolve(picture);
            Files.createDirectories(to.getParent());
            Files.copy(home.resolve(picture), to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy " + picture + ": " + e.getMessage(), e);
        }
    }

    private void write(View view) {
        write(view.address, template.execute(view));
    }

    private void write(Path path, String text) {
        try {
            Path to = site.resolve(path);
            Files.createDirectories(to.getParent());
            Files.writeString(to, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path + ": " + e.getMessage(), e);
        }
    }

    private String json(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = SiteWriter.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escape(Object text) {
        return Escapers.HTML.escape(text.toString());
    }

    /** What the template shows: its names are the fields and methods. */
    private final class View {

        final Path address;
        final String title;
        final String html;
        final List<RenderedPage.Heading> headings;

        View(Path address, String title, String html) {
            this(address, title, html, List.of());
        }

        View(Path address, String title, String html, List<RenderedPage.Heading> headings) {
            this.address = address;
            this.title = title;
            this.html = html;
            this.headings = headings;
        }

        /** The way from this file to the site's folder, with a slash at the end; empty if it is there. */
        String root() {
            return "../".repeat(address.getNameCount() - 1);
        }

        boolean hasHeadings() {
            return headings.size() > 1;
        }

        boolean isSearch() {
            return address.equals(SEARCH);
        }

        List<Map<String, Object>> lessons() {
            List<Map<String, Object>> links = new ArrayList<>();
            for (Path lesson : lessons) {
                Path to = SitePath.ofPage(lesson);
                links.add(Map.of(
                        "link", SitePath.link(address, to),
                        "name",
                                files.pages()
                                        .get(lesson)
                                        .text()
                                        .lines()
                                        .findFirst()
                                        .orElseThrow()
                                        .substring(2),
                        "current", to.equals(address)));
            }
            return links;
        }
    }
}
