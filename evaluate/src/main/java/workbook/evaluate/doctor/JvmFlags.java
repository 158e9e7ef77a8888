package workbook.evaluate.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The JDK packages that engines access by reflection. JBang opens them according to the kit's headers, Maven and the
 * companion's workers according to the POM.
 *
 * @param missing the packages in the headers that the POM does not open: {@code java.base/java.nio}
 */
record JvmFlags(List<String> missing) implements Observation {

    private static final Pattern OPEN = Pattern.compile("--add-opens=([\\w.]+/[\\w.]+)=ALL-UNNAMED");

    static JvmFlags of(Path home) {
        List<String> inPom = opened(home.resolve("pom.xml")).toList();
        return new JvmFlags(headers(home.resolve("kit"))
                .flatMap(JvmFlags::opened)
                .distinct()
                .filter(Predicate.not(inPom::contains))
                .toList());
    }

    private static Stream<String> opened(Path file) {
        try {
            return OPEN.matcher(Files.readString(file)).results().map(found -> found.group(1)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static Stream<Path> headers(Path kit) {
        try (Stream<Path> files = Files.walk(kit)) {
            return files.filter(file -> file.endsWith("package-info.java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + kit, e);
        }
    }

    @Override
    public Finding finding() {
        return missing.isEmpty()
                ? Finding.ok("./jbang and Maven open the JDK packages that engines need")
                : Finding.problem(
                        "pom.xml does not open packages that engines need: " + String.join(", ", missing),
                        "Exercises checked with Maven or the companion will fail. The flags belong in <jvm.options…>.",
                        "Undo your changes: git checkout pom.xml");
    }
}
