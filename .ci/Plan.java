import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Determines what a change can affect, for {@code .ci/run}: reads the names of the changed files, one per line, and prints
 * what Maven has to test. Modules and their dependencies come from the POMs.
 *
 * <pre>{@code git diff --name-only main | java .ci/Plan.java 05 excludes.txt}</pre>
 *
 * The first argument is the lesson to test wholly, changed or not. The second is a file for the test classes that are not
 * run although their modules are built, in Surefire's format.
 */
class Plan {

    /** Files that everything depends on: if one of them changes, everything is tested. */
    private static final Pattern FOUNDATION = Pattern.compile("(kit|check)/.*(?<!\\.md)|\\.ci/.*|pom\\.xml");

    /** Files that belong to no module: scripts test them, or tests that read them, or nothing does. */
    private static final Pattern BESIDE =
            Pattern.compile("(jbang|mvnw|\\.mvn|benchmarks|cluster|docs|figures|[Dd]ocker|\\.docker).*|.*\\.md"
                    + "|\\.(github|devcontainer)/.*|\\.env\\.example|\\.editorconfig|\\.git-?[a-z-]+|LICENSE");

    /** Test classes, and the files that they read although their modules do not depend on them. */
    private static final Map<String, Pattern> READERS = new LinkedHashMap<>();

    static {
        reads("kit/core", "workbook/kit/JbangHeaderTest", ".*");
        reads("kit/core", "workbook/kit/LayoutTest", ".*");
        reads("solutions/concepts", "workbook/concepts/ConceptsTest", ".*");
        reads("solutions/concepts", "workbook/concepts/QaTest", ".*");
        reads("solutions/concepts", "workbook/figures/FiguresTest", "figures/.*");
        reads("evaluate", "workbook/evaluate/exercises/WorkbookTest", "(lessons|exercises)/.*");
        reads("evaluate", "workbook/evaluate/exercises/MarkdownTest", "QA\\.md");
        reads("evaluate", "workbook/evaluate/month/ScoringTest", "exercises/.*");
        reads(
                "evaluate",
                "workbook/evaluate/watch/WatchSessionTest",
                "README\\.md|jbang-catalog\\.json|(lessons/01-|(exercises|solutions)/lesson01/).*");
    }

    private final List<String> modules;
    private final Set<String> changed;
    private final String turn;

    private Plan(List<String> modules, Set<String> changed, String turn) {
        this.modules = modules;
        this.changed = changed;
        this.turn = turn;
    }

    public static void main(String[] arguments) throws IOException {
        // A module with a property in its name belongs to the learner's own check.
        List<String> modules = found("<module>([^<$]+)</module>", Files.readString(Path.of("pom.xml")))
                .distinct()
                .toList();
        Set<String> changed = new TreeSet<>(new String(System.in.readAllBytes())
                .lines()
                .filter(f -> !f.isBlank())
                .toList());
        new Plan(modules, changed, arguments[0]).write(Path.of(arguments[1]));
    }

    private void write(Path excludes) throws IOException {
        Stream<String> unknown = READERS.keySet().stream()
                .filter(test -> Files.notExists(Path.of(test)))
                .map(test -> ".ci/Plan.java names " + test + ", which does not exist");
        List<String> everything = Stream.concat(unknown, changed.stream().flatMap(this::whyEverything))
                .toList();
        if (!everything.isEmpty()) {
            System.out.println("everything=" + everything.get(0));
            return;
        }
        Set<String> tested = affected();
        modules.stream().filter(module -> isOfLesson(turn, module)).forEach(tested::add);
        List<String> readers = READERS.keySet().stream()
                .filter(test -> changed.stream().anyMatch(READERS.get(test).asMatchPredicate()))
                .toList();
        Set<String> built = new TreeSet<>(tested);
        readers.forEach(test -> built.add(test.substring(0, test.indexOf("/src/"))));
        modules.stream().filter(Plan::hasAnswers).forEach(built::add);
        List<String> excluded =
                new ArrayList<>(List.of("**/*$*")); // the default of Surefire, which an excludes file replaces
        for (String module : modules) {
            if (!tested.contains(module)) {
                Path tests = Path.of(module, "src/test/java");
                files(tests)
                        .filter(file -> !readers.contains(slashes(file)))
                        .forEach(file -> excluded.add(slashes(tests.relativize(file))));
            }
        }
        Files.write(excludes, excluded);
        print("modules", built.stream());
        print("wholly", tested.stream().filter(Plan::hasAnswers).map(module -> module.replaceAll("\\D", "")));
        print("tested", tested.stream());
        print("untested", modules.stream().filter(module -> !tested.contains(module)));
        print(
                "lessons",
                changed.stream()
                        .flatMap(file -> found("^(?:lessons/|exercises/lesson|solutions/lesson)(\\d\\d)[-/]", file))
                        .distinct());
    }

    private Stream<String> whyEverything(String file) {
        if (FOUNDATION.matcher(file).matches()) {
            return Stream.of(file + " has changed");
        }
        boolean isKnown = modules.stream().anyMatch(module -> isIn(module, file))
                || BESIDE.matcher(file).matches();
        return isKnown ? Stream.empty() : Stream.of(file + " has changed and belongs to no module");
    }

    /** The changed modules and all that depend on them. */
    private Set<String> affected() throws IOException {
        Map<String, Set<String>> dependencies = dependencies();
        Set<String> affected = modules.stream()
                .filter(module -> changed.stream()
                        .anyMatch(file ->
                                isIn(module, file) && !(file.endsWith(".md") && module.matches("(kit|check).*"))))
                .collect(Collectors.toCollection(TreeSet::new));
        Predicate<String> depends = module -> dependencies.get(module).stream().anyMatch(affected::contains);
        boolean more = true;
        while (more) {
            more = affected.addAll(modules.stream().filter(depends).toList());
        }
        return affected;
    }

    /** Each module, with the folders of the modules that it depends on. */
    private Map<String, Set<String>> dependencies() throws IOException {
        Map<String, String> folders = new LinkedHashMap<>();
        for (String module : modules) {
            folders.put(
                    found("<artifactId>([^<]+)</artifactId>", own(pom(module)))
                            .findFirst()
                            .orElseThrow(),
                    module);
        }
        Map<String, Set<String>> dependencies = new LinkedHashMap<>();
        for (String module : modules) {
            dependencies.put(
                    module,
                    declared(Path.of(module, "pom.xml"))
                            .filter(folders::containsKey)
                            .map(folders::get)
                            .collect(Collectors.toSet()));
        }
        return dependencies;
    }

    /** The project's artifacts that a POM and its parents, except the root, declare as dependencies. */
    private static Stream<String> declared(Path pom) throws IOException {
        if (pom.equals(Path.of("pom.xml"))) {
            return Stream.empty();
        }
        String text = Files.readString(pom);
        String parent =
                found("<relativePath>([^<]+)</relativePath>", text).findFirst().orElse("../pom.xml");
        return Stream.concat(
                found("<groupId>workbook</groupId>\\s*<artifactId>([^<]+)</artifactId>", own(text)),
                declared(pom.resolveSibling(parent).normalize()));
    }

    private static String pom(String module) throws IOException {
        return Files.readString(Path.of(module, "pom.xml"));
    }

    /** A POM without its parent element. */
    private static String own(String pom) {
        return pom.replaceAll("(?s)<parent>.*?</parent>", "");
    }

    private static void reads(String module, String test, String files) {
        READERS.put(module + "/src/test/java/" + test + ".java", Pattern.compile(files));
    }

    private static boolean isIn(String module, String file) {
        return file.startsWith(module + "/");
    }

    private static boolean hasAnswers(String module) {
        return module.matches("solutions/lesson\\d\\d");
    }

    private static boolean isOfLesson(String lesson, String module) {
        return module.startsWith("lessons/" + lesson + "-") || module.matches("(exercises|solutions)/lesson" + lesson);
    }

    private static Stream<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        }
    }

    private static String slashes(Path file) {
        return file.toString().replace('\\', '/');
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1));
    }

    private static void print(String what, Stream<String> values) {
        System.out.println(what + "=" + values.collect(Collectors.joining(",")));
    }
}
