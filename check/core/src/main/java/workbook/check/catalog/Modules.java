package workbook.check.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The modules of {@code kit} and {@code check} that a lesson depends on, directly or transitively, read from the POMs.
 *
 * @param home the project's folder
 */
public record Modules(Path home) {

    private static final Pattern NAMED =
            Pattern.compile("<groupId>workbook</groupId>\\s*<artifactId>(kit|check)-(\\w+)</artifactId>");

    /**
     * The folders of these modules, sorted: {@code check/core}, {@code kit/core}.
     *
     * @param lesson the folder of a lesson's module, such as {@code exercises/lesson05}
     */
    public List<String> of(String lesson) {
        SortedSet<String> found = new TreeSet<>();
        Stream.of(lesson, parent(lesson)).forEach(module -> collect(module, found));
        return List.copyOf(found);
    }

    /** The POM of a lesson's module and those that it inherits from. */
    public List<String> poms(String lesson) {
        return List.of("pom.xml", parent(lesson) + "/pom.xml", lesson + "/pom.xml");
    }

    private void collect(String module, SortedSet<String> found) {
        named(module).filter(found::add).forEach(next -> collect(next, found));
    }

    private Stream<String> named(String module) {
        return NAMED.matcher(pom(module)).results().map(Modules::folder).toList().stream();
    }

    private String pom(String module) {
        Path pom = home.resolve(module).resolve("pom.xml");
        try {
            return Files.exists(pom) ? Files.readString(pom) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + pom + ": " + e.getMessage(), e);
        }
    }

    private static String folder(MatchResult name) {
        return name.group(1) + "/" + name.group(2);
    }

    private static String parent(String lesson) {
        return lesson.substring(0, lesson.indexOf('/'));
    }
}
