package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares JBang's headers with the POMs: both must give the same jars and JVM options. A program also has the headers
 * of the files that it reaches through {@code //SOURCES}.
 */
class JbangHeaderTest {

    private static final Path ROOT = Poms.ROOT;
    private static final Path CORE = ROOT.resolve("kit/core/src/main/java/workbook/kit/package-info.java");
    private static final Path SPARK = ROOT.resolve("kit/spark/src/main/java/workbook/kit/spark/package-info.java");

    /** Every source file of the project, with its JBang directives. */
    private static final Map<Path, List<String>> DIRECTIVES = directives();

    private static final List<String> ENGINES = List.of(
            "org.apache.beam:",
            "org.apache.flink:",
            "org.apache.kafka:kafka-streams",
            "org.apache.spark:",
            "org.apache.storm:");

    private final Poms poms = new Poms();

    @Test
    void everyDependencyOfAHeaderHasTheVersionThePomManages() {
        List<Path> headers = headers("DEPS");
        assertThat(headers).contains(CORE, SPARK);
        for (Path header : headers) {
            versions(header)
                    .forEach((name, version) -> assertThat(poms.version(name))
                            .as("%s names %s", shown(header), name)
                            .contains(version));
        }
    }

    @Test
    void aProgramNamesEveryDependencyOfItsModules() {
        List<Path> programs = programs();
        assertThat(programs).isNotEmpty();
        for (Path program : programs) {
            Set<Path> reached = reached(program);
            Set<String> missing = wholeModules(reached).flatMap(this::atRunTime).collect(Collectors.toSet());
            reached.forEach(file -> missing.removeAll(versions(file).keySet()));
            assertThat(missing)
                    .as(
                            "dependencies of the modules of %s that neither its header nor a header it reaches"
                                    + " names",
                            shown(program))
                    .isEmpty();
        }
    }

    @Test
    void aLessonsProgramNamesOnlyWhatItsLessonsPomDeclares() {
        List<Path> programs = programs().stream()
                .filter(file -> file.startsWith(ROOT.resolve("lessons")))
                .toList();
        assertThat(programs).isNotEmpty();
        for (Path program : programs) {
            String lesson = poms.moduleOf(program)
                    .orElseThrow(
                            () -> new AssertionError(shown(program) + " belongs to no module of the root pom.xml"));
            assertThat(poms.dependencies(lesson))
                    .as("the dependencies in %s/pom.xml, compared with those in %s", lesson, shown(program))
                    .extracting(Poms.Dependency::name)
                    .containsAll(libraries(program));
        }
    }

    @Test
    void aProgramOfTheRaceHasTheLibrariesOfOneEngine() {
        List<Path> programs = programs().stream()
                .filter(file -> file.startsWith(ROOT.resolve("benchmarks/race")))
                .filter(file -> file.getFileName().toString().contains("On"))
                .toList();
        assertThat(programs).isNotEmpty();
        for (Path program : programs) {
            Stream<String> engines = reached(program).stream()
                    .flatMap(file -> versions(file).keySet().stream())
                    .flatMap(name -> ENGINES.stream().filter(name::startsWith))
                    .distinct();
            assertThat(engines).as("engines of %s", shown(program)).hasSize(1);
        }
    }

    @Test
    void theKitsHeadersHaveTheJvmOptionsOfThePom() {
        assertThat(options(CORE)).isEqualTo(words(poms.property("jvm.options.core")));
        assertThat(options(SPARK)).isEqualTo(words(poms.property("jvm.options.spark")));
    }

    @Test
    void theFilesInHeadersExist() {
        for (Path header : headers("FILES")) {
            assertThat(values(header, "FILES"))
                    .as(shown(header))
                    .allSatisfy(entry -> assertThat(header.resolveSibling(entry.substring(entry.indexOf('=') + 1)))
                            .exists());
        }
        for (Path header : headers("SOURCES")) {
            assertThat(values(header, "SOURCES"))
                    .as(shown(header))
                    .allSatisfy(pattern -> assertThat(sources(header, pattern)).isNotEmpty());
        }
    }

    private static List<Path> headers(String directive) {
        return DIRECTIVES.keySet().stream()
                .filter(file -> !values(file, directive).isEmpty())
                .toList();
    }

    /** The files that JBang runs: their first line is a shebang. */
    private static List<Path> programs() {
        return headers("/usr/bin/env");
    }

    /** A program and all files it is compiled with, transitively. */
    private static Set<Path> reached(Path program) {
        Set<Path> reached = new LinkedHashSet<>();
        List<Path> open = new ArrayList<>(List.of(program));
        while (!open.isEmpty()) {
            Path file = open.remove(0);
            if (reached.add(file)) {
                values(file, "SOURCES").forEach(pattern -> open.addAll(sources(file, pattern)));
            }
        }
        return reached;
    }

    /** The files that match a {@code //SOURCES} pattern; {@code **} includes subfolders. */
    private static List<Path> sources(Path header, String pattern) {
        Path folder = header.getParent();
        String rest = pattern;
        while (rest.startsWith("../")) {
            folder = folder.getParent();
            rest = rest.substring(3);
        }
        PathMatcher wanted = folder.getFileSystem().getPathMatcher("glob:" + Poms.slashes(folder) + "/" + rest);
        return DIRECTIVES.keySet().stream().filter(wanted::matches).toList();
    }

    /** The modules whose sources are all among these files. */
    private Stream<String> wholeModules(Set<Path> files) {
        return poms.modules().stream().filter(module -> {
            Path sources = ROOT.resolve(module).resolve("src/main/java");
            List<Path> all = DIRECTIVES.keySet().stream()
                    .filter(file -> file.startsWith(sources))
                    .toList();
            return !all.isEmpty() && files.containsAll(all);
        });
    }

    private Stream<String> atRunTime(String module) {
        return poms.dependencies(module).stream()
                .filter(one -> !one.isForTests())
                .map(Poms.Dependency::name);
    }

    /**
     * A header's dependencies, including {@code @pom} and {@code @fatjar}: {@code group:artifact} to version, which may be the
     * default of a property.
     */
    private static Map<String, String> versions(Path header) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (String directive : values(header, "DEPS")) {
            String coordinates = directive.replaceAll("\\$\\{[^:}]+:([^}]+)}", "$1");
            int colon = coordinates.lastIndexOf(':');
            versions.put(
                    coordinates.substring(0, colon),
                    coordinates.substring(colon + 1).replaceAll("@(pom|fatjar)$", ""));
        }
        return versions;
    }

    /** A header's dependencies without BOMs, which add no library: {@code group:artifact}. */
    private static List<String> libraries(Path header) {
        List<String> boms = values(header, "DEPS").stream()
                .filter(coordinates -> coordinates.endsWith("@pom"))
                .map(coordinates -> coordinates.substring(0, coordinates.lastIndexOf(':')))
                .toList();
        return versions(header).keySet().stream()
                .filter(name -> !boms.contains(name))
                .toList();
    }

    private static List<String> options(Path header) {
        return words(String.join(" ", values(header, "RUNTIME_OPTIONS")));
    }

    private static List<String> values(Path file, String directive) {
        String prefix = "//" + directive + " ";
        return DIRECTIVES.getOrDefault(file, List.of()).stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    private static String shown(Path file) {
        return Poms.slashes(ROOT.relativize(file));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }

    private static Map<Path, List<String>> directives() {
        Map<Path, List<String>> directives = new LinkedHashMap<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    boolean isGenerated = name.equals("target") || name.startsWith(".") && !folder.equals(ROOT);
                    return isGenerated ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (file.toString().endsWith(".java")) {
                        try (Stream<String> lines = Files.lines(file)) {
                            directives.put(
                                    file,
                                    lines.takeWhile(line -> !line.startsWith("import "))
                                            .filter(line -> line.startsWith("//"))
                                            .toList());
                        }
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the sources", e);
        }
        return directives;
    }
}
