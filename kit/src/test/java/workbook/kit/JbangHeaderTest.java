package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

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

/** JBang reads the kit's header where Maven reads the POMs: both must come to the same jars and JVM options. */
class JbangHeaderTest {

    private static final Path HEADER = Path.of("src/main/java/workbook/kit/package-info.java");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

    private final Element parent = xml(Path.of("../pom.xml"));
    private final Element kit = xml(Path.of("pom.xml"));
    private final Map<String, String> properties = properties();

    @Test
    void everyDependencyOfTheHeaderHasTheVersionThePomManages() {
        Map<String, String> managed = managed();
        assertThat(headerVersions()).isNotEmpty().allSatisfy((module, version) ->
                assertThat(version).as(module).isEqualTo(managed.get(module)));
    }

    @Test
    void theHeaderNamesEveryDependencyOfTheKit() {
        assertThat(headerVersions()).containsKeys(dependenciesOfTheKit().toArray(String[]::new));
    }

    @Test
    void theHeaderGivesTheJvmThePomsOptions() {
        assertThat(words(String.join(" ", header("RUNTIME_OPTIONS"))))
                .isEqualTo(words(properties.get("jvm.options")));
    }

    @Test
    void theFilesOfTheHeaderExist() {
        assertThat(header("FILES")).isNotEmpty().allSatisfy(entry ->
                assertThat(HEADER.getParent().resolve(entry.substring(entry.indexOf('=') + 1))).exists());
    }

    /** The header's dependencies: {@code group:artifact} to version. */
    private static Map<String, String> headerVersions() {
        Map<String, String> versions = new LinkedHashMap<>();
        for (String coordinates : header("DEPS")) {
            int colon = coordinates.lastIndexOf(':');
            versions.put(coordinates.substring(0, colon), coordinates.substring(colon + 1));
        }
        return versions;
    }

    private static List<String> header(String directive) {
        String prefix = "//" + directive + " ";
        try (var lines = Files.lines(HEADER)) {
            return lines.filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length())).toList();
        } catch (Exception e) {
            throw new AssertionError("The kit's header cannot be read: " + e.getMessage(), e);
        }
    }

    private Map<String, String> managed() {
        Map<String, String> versions = new LinkedHashMap<>();
        for (Element dependency : elements(child(parent, "dependencyManagement"), "dependency")) {
            versions.put(module(dependency), resolve(text(dependency, "version")));
        }
        return versions;
    }

    private List<String> dependenciesOfTheKit() {
        return elements(child(kit, "dependencies"), "dependency").stream()
                .filter(dependency -> !"test".equals(text(dependency, "scope")))
                .map(this::module)
                .toList();
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
