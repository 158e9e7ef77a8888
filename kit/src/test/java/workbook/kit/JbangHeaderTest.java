package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** JBang reads headers where Maven reads the POMs: both must come to the same jars and JVM options. */
class JbangHeaderTest {

    private static final Path ROOT = Path.of("..");
    private static final Path HEADER = Path.of("src/main/java/workbook/kit/package-info.java");
    private static final Path FRAUD_HEADER = ROOT.resolve("capstone/fraud.java");
    private static final Path COMPANION_HEADER = ROOT.resolve("evaluate/companion.java");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

    private final Element parent = xml(ROOT.resolve("pom.xml"));
    private final Map<String, String> properties = properties();

    @Test
    void everyDependencyOfAHeaderHasTheVersionThePomManages() throws IOException {
        Map<String, String> managed = managed();
        for (Path header : headers()) {
            assertThat(versions(header)).as(header.toString()).isNotEmpty().allSatisfy((module, version) ->
                    assertThat(version).as(module).isEqualTo(managed.getOrDefault(module, listed(module, managed))));
        }
    }

    /** The version that an imported list of a project's modules gives it: {@code org.junit:junit-bom}. */
    private static String listed(String module, Map<String, String> managed) {
        return managed.entrySet().stream()
                .filter(list -> list.getKey().endsWith("-bom"))
                .filter(list -> module.startsWith(list.getKey().substring(0, list.getKey().indexOf(':'))))
                .map(Map.Entry::getValue).findFirst().orElse(null);
    }

    @Test
    void theKitsHeaderNamesEveryDependencyOfTheKit() {
        assertThat(versions(HEADER)).containsKeys(dependencies(Path.of("pom.xml")));
    }

    @Test
    void theCapstonesHeaderNamesWhatItNeedsBesides() {
        Map<String, String> named = versions(HEADER);
        named.putAll(versions(FRAUD_HEADER));
        assertThat(named).containsKeys(dependencies(ROOT.resolve("capstone/pom.xml")));
    }

    @Test
    void theCompanionsHeaderNamesWhatItAndCheckNeedBesides() {
        Map<String, String> named = versions(HEADER);
        named.putAll(versions(COMPANION_HEADER));
        assertThat(named).containsKeys(dependencies(ROOT.resolve("check/pom.xml")))
                .containsKeys(dependencies(ROOT.resolve("evaluate/pom.xml")));
    }

    @Test
    void theHeaderGivesTheJvmThePomsOptions() {
        assertThat(words(String.join(" ", directives(HEADER, "RUNTIME_OPTIONS"))))
                .isEqualTo(words(properties.get("jvm.options")));
    }

    @Test
    void theFilesOfTheHeadersExist() {
        for (Path header : List.of(HEADER, FRAUD_HEADER, COMPANION_HEADER)) {
            assertThat(directives(header, "FILES")).isNotEmpty().allSatisfy(entry ->
                    assertThat(header.resolveSibling(entry.substring(entry.indexOf('=') + 1))).exists());
        }
    }

    /** Every file of the project that names dependencies for JBang. */
    private static List<Path> headers() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !directives(file, "DEPS").isEmpty())
                    .toList();
        }
    }

    /** A header's dependencies, lists of versions among them: {@code group:artifact} to version. */
    private static Map<String, String> versions(Path header) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (String coordinates : directives(header, "DEPS")) {
            int colon = coordinates.lastIndexOf(':');
            versions.put(coordinates.substring(0, colon), coordinates.substring(colon + 1).replace("@pom", ""));
        }
        return versions;
    }

    private static List<String> directives(Path file, String directive) {
        String prefix = "//" + directive + " ";
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private Map<String, String> managed() {
        Map<String, String> versions = new LinkedHashMap<>();
        for (Element dependency : elements(child(parent, "dependencyManagement"), "dependency")) {
            versions.put(module(dependency), resolve(text(dependency, "version")));
        }
        return versions;
    }

    /** What a module needs at run time, but for the project's own modules. */
    private String[] dependencies(Path pom) {
        return elements(child(xml(pom), "dependencies"), "dependency").stream()
                .filter(dependency -> !"test".equals(text(dependency, "scope")))
                .map(this::module)
                .filter(module -> !module.startsWith("workbook:"))
                .toArray(String[]::new);
    }

    private String module(Element dependency) {
        return resolve(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
    }

    private Map<String, String> properties() {
        Map<String, String> values = new LinkedHashMap<>();
        elements(child(parent, "properties"), "*").forEach(e -> values.put(e.getTagName(), e.getTextContent().strip()));
        return values;
    }

    private String resolve(String value) {
        return PROPERTY.matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(properties.getOrDefault(match.group(1), match.group())));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }

    private static Element xml(Path file) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Element child(Element parent, String name) {
        return elements(parent, name).stream()
                .filter(e -> e.getParentNode() == parent)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No <" + name + "> in <" + parent.getTagName() + ">"));
    }

    private static String text(Element parent, String name) {
        return elements(parent, name).stream().map(e -> e.getTextContent().strip()).findFirst().orElse("");
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
