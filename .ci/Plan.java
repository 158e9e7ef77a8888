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
 * What a change can affect, for {@code .ci/run}: reads the names of the changed files, one a line, and says what Maven is
 * to prove. Modules and their dependencies it takes from the POMs.
 *
 * <pre>{@code git diff --name-only main | java .ci/Plan.java 05 excludes.txt}</pre>
 *
 * The first argument is the lesson whose turn it is to be proved wholly, changed or not. The second is a file for the test
 * classes that are not to be run although their modules are built, as Surefire reads it.
 */
class Plan {

    /** What all stands on: where one of these changes, everything is to be proved. */
    private static final Pattern FOUNDATION = Pattern.compile("(kit|check)/.*(?<!\\.md)|\\.ci/.*|pom\\.xml");

    /** What no module is made of: scripts prove it, or the tests that look at it, or nothing does. */
    private static final Pattern BESIDE =
            Pattern.compile("(jbang|\\.mvn|benchmarks|cluster|figures|[Dd]ocker|\\.docker).*|.*\\.md"
                    + "|\\.env\\.example|\\.gitignore|LICENSE");

    /** Test classes, and the files that they look at although their modules do not depend on those. */
    private static final Map<String, Pattern> LOOKERS = new LinkedHashMap<>();

    static {
        looks("kit/core", "workbook/kit/JbangHeaderTest", ".*");
        looks("kit/core", "workbook/kit/LayoutTest", ".*");
        looks("solutions/concepts", "workbook/concepts/ConceptsTest", ".*");
        looks("solutions/concepts", "workbook/concepts/QaTest", ".*");
        looks("solutions/concepts", "workbook/figures/FiguresTest", "figures/.*");
        looks("evaluate", "workbook/evaluate/exercises/WorkbookTest", "(lessons|exercises)/.*");
        looks("evaluate", "workbook/evaluate/exercises/MarkdownTest", "QA\\.md");
        looks("evaluate", "workbook/evaluate/month/ScoringTest", "exercises/.*");
        looks(
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
        // Those with a property in their names are the learner's own check.
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
        Stream<String> strangers = LOOKERS.keySet().stream()
                .filter(test -> Files.notExists(Path.of(test)))
                .map(test -> ".ci/Plan.java names " + test + ", which is not there");
        List<String> everything = Stream.concat(strangers, changed.stream().flatMap(this::whyEverything))
                .toList();
        if (!everything.isEmpty()) {
            System.out.println("everything=" + everything.get(0));
            return;
        }
        Set<String> tested = affected();
        modules.stream().filter(module -> isOfLesson(turn, module)).forEach(tested::add);
        List<String> lookers = LOOKERS.keySet().stream()
                .filter(test -> changed.stream().anyMatch(LOOKERS.get(test).asMatchPredicate()))
                .toList();
        Set<String> built = new TreeSet<>(tested);
        lookers.forEach(test -> built.add(test.substring(0, test.indexOf("/src/"))));
        modules.stream().filter(Plan::hasAnswers).forEach(built::add);
        List<String> excluded = new ArrayList<>(List.of("**/*$*")); // Surefire's own, if it is told of none
        for (String module : modules) {
            if (!tested.contains(module)) {
                Path tests = Path.of(module, "src/test/java");
                files(tests)
                        .filter(file -> !lookers.contains(slashes(file)))
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
        return isKnown ? Stream.empty() : Stream.of(file + " has changed, which belongs to no module");
    }

    /** The modules that have changed, and all that depend on them. */
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

    /** Each module, to the folders of those it depends on. */
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

    /** The project's artifacts that a POM and its parents, but for the root, name as dependencies. */
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

    /** A POM without what it says of its parent. */
    private static String own(String pom) {
        return pom.replaceAll("(?s)<parent>.*?</parent>", "");
    }

    private static void looks(String module, String test, String files) {
        LOOKERS.put(module + "/src/test/java/" + test + ".java", Pattern.compile(files));
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
