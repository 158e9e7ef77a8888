package workbook.evaluate.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The packages of the JDK that Spark reaches into. JBang learns from the kit to open them, Maven from the POM.
 *
 * @param closed what Spark needs and this JVM does not open: {@code java.base/java.nio}
 * @param missing what Spark needs and Maven is not told to open
 */
record JvmFlags(List<String> closed, List<String> missing) implements Check {

    private static final String KIT = "kit/core/src/main/java/workbook/kit/package-info.java";
    private static final Pattern OPEN = Pattern.compile("--add-opens=([\\w.]+/[\\w.]+)=ALL-UNNAMED");

    static JvmFlags of(Path home) {
        String pom = text(home.resolve("pom.xml"));
        List<String> needed = OPEN.matcher(text(home.resolve(KIT))).results().map(found -> found.group(1)).toList();
        List<String> told = OPEN.matcher(pom).results().map(found -> found.group(1)).toList();
        return new JvmFlags(needed.stream().filter(Predicate.not(JvmFlags::isOpen)).toList(),
                needed.stream().filter(Predicate.not(told::contains)).toList());
    }

    private static boolean isOpen(String place) {
        String[] parts = place.split("/");
        return ModuleLayer.boot().findModule(parts[0])
                .map(module -> !module.getPackages().contains(parts[1])
                        || module.isOpen(parts[1], JvmFlags.class.getModule()))
                .orElse(true); // a JDK without this module has nothing to open
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    @Override
    public Finding finding() {
        if (!closed.isEmpty()) {
            return Finding.needed("this JVM keeps closed what Spark needs open: " + String.join(", ", closed),
                    "Spark does not start in it. './jbang' hands over the flags that open them.",
                    "Start the doctor and the lessons from the workbook's folder: ./jbang doctor");
        }
        if (!missing.isEmpty()) {
            return Finding.needed("pom.xml does not open what Spark needs: " + String.join(", ", missing),
                    "Exercises that are checked with Maven will fail. The flags belong into <jvm.options>.",
                    "Take back your changes to it: git checkout pom.xml");
        }
        return Finding.ok("./jbang and Maven open the JDK's packages that Spark needs");
    }
}
