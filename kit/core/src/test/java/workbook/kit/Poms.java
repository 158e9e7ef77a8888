package workbook.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads the project's POMs: the modules, their dependencies, and the versions that the root POM manages. */
final class Poms {

    /** Maven runs a module's tests in its folder. */
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

    private final Element root = xml(ROOT.resolve("pom.xml"));
    private final Map<String, String> properties = new LinkedHashMap<>();

    Poms() {
        child(root, "properties")
                .ifPresent(all -> children(all)
                        .forEach(one -> properties.put(
                                one.getTagName(), one.getTextContent().strip())));
    }

    String property(String name) {
        return properties.get(name);
    }

    /** The folders of the modules that {@code mvn test} builds, relative to the project's folder. */
    List<String> modules() {
        return Stream.concat(
                        Stream.of(root),
                        under(root, "profiles", "profile")
                                .filter(profile -> text(profile, "id").equals("project")))
                .flatMap(one -> under(one, "modules", "module"))
                .map(module -> module.getTextContent().strip())
                .toList();
    }

    /** The module of a file; empty if it belongs to the root POM only. */
    Optional<String> moduleOf(Path file) {
        String place = slashes(ROOT.relativize(file));
        return modules().stream()
                .filter(module -> place.startsWith(module + "/"))
                .findFirst();
    }

    /** The external dependencies that a module and its parents declare. */
    List<Dependency> dependencies(String module) {
        return dependencies(ROOT.resolve(module).resolve("pom.xml"));
    }

    private List<Dependency> dependencies(Path file) {
        Element pom = xml(file);
        List<Dependency> dependencies = new ArrayList<>();
        child(pom, "parent")
                .map(parent -> child(parent, "relativePath")
                        .map(Element::getTextContent)
                        .orElse("../pom.xml"))
                .ifPresent(parent -> dependencies.addAll(dependencies(file.resolveSibling(parent.strip()))));
        under(pom, "dependencies", "dependency")
                .map(one -> new Dependency(name(one), text(one, "scope")))
                .filter(one -> !one.name().startsWith("workbook:"))
                .forEach(dependencies::add);
        return dependencies;
    }

    /**
     * A dependency of a POM.
     *
     * @param name {@code group:artifact}
     * @param scope empty for the default
     */
    record Dependency(String name, String scope) {

        boolean isForTests() {
            return scope.equals("test");
        }
    }

    /** The version that the root POM manages for {@code group:artifact}, itself or through an imported BOM. */
    Optional<String> version(String name) {
        return version(managed(false), name::equals).or(() -> version(managed(true), list -> isListed(name, list)));
    }

    /** A BOM, such as {@code org.junit:junit-bom}, manages the groups that begin with its own group. */
    private static boolean isListed(String name, String list) {
        String group = list.substring(0, list.indexOf(':'));
        return name.startsWith(group + ":") || name.startsWith(group + ".");
    }

    private Optional<String> version(Stream<Element> managed, Predicate<String> wanted) {
        return managed.filter(one -> wanted.test(name(one)))
                .map(one -> resolve(text(one, "version")))
                .findFirst();
    }

    private Stream<Element> managed(boolean imported) {
        return child(root, "dependencyManagement").stream()
                .flatMap(management -> under(management, "dependencies", "dependency"))
                .filter(one -> text(one, "scope").equals("import") == imported);
    }

    private String name(Element dependency) {
        return resolve(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
    }

    private String resolve(String value) {
        return PROPERTY.matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(properties.getOrDefault(match.group(1), match.group())));
    }

    static String slashes(Path place) {
        return place.toString().replace('\\', '/');
    }

    private static Element xml(Path file) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Files.newInputStream(file))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The elements with this name in the child element {@code list}. */
    private static Stream<Element> under(Element parent, String list, String name) {
        return child(parent, list).stream()
                .flatMap(Poms::children)
                .filter(one -> one.getTagName().equals(name));
    }

    private static String text(Element parent, String name) {
        return child(parent, name).map(one -> one.getTextContent().strip()).orElse("");
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent).filter(one -> one.getTagName().equals(name)).findFirst();
    }

    private static Stream<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children.stream();
    }
}
