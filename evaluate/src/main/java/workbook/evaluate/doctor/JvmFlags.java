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
 * The packages of the JDK that engines reach into. JBang learns from the kit's headers to open them, Maven and the companion's
 * workers from the POM.
 *
 * @param missing what an engine needs and the POM does not open: {@code java.base/java.nio}
 */
record JvmFlags(List<String> missing) implements Observation {

    private static final Pattern OPEN = Pattern.compile("--add-opens=([\\w.]+/[\\w.]+)=ALL-UNNAMED");

    static JvmFlags of(Path home) {
        List<String> told = opened(home.resolve("pom.xml")).toList();
        return new JvmFlags(headers(home.resolve("kit"))
                .flatMap(JvmFlags::opened)
                .distinct()
                .filter(Predicate.not(told::contains))
                .toList());
    }

    private static Stream<String> opened(Path file) {
        try {
            return OPEN.matcher(Files.readString(file)).results().map(found -> found.group(1)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static Stream<Path> headers(Path kit) {
        try (Stream<Path> files = Files.walk(kit)) {
            return files.filter(file -> file.endsWith("package-info.java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(kit + " cannot be listed", e);
        }
    }

    @Override
    public Finding finding() {
        return missing.isEmpty()
                ? Finding.ok("./jbang and Maven open the JDK's packages that engines need")
                : Finding.needed(
                        "pom.xml does not open what engines need: " + String.join(", ", missing),
                        "Exercises will fail that are checked with Maven or the companion. The flags belong into <jvm.options…>.",
                        "Take back your changes to it: git checkout pom.xml");
    }
}
