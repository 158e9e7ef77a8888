package workbook.evaluate.doctor;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The path of the workbook. Spaces are allowed.
 *
 * @param path its folder
 * @param encoding the system's encoding of file names
 * @param isFound whether the workbook was found there
 */
record ProjectPath(String path, String encoding, boolean isFound) implements Observation {

    /** Java's separators of class path entries and of names inside a jar. */
    private static final List<String> BREAKS_JAVA = List.of(":", "!");
    /** Spark's path patterns. */
    private static final List<String> BREAKS_SPARK = List.of("*", "?", "[", "]", "{", "}");

    static ProjectPath of(Path home) {
        return of(home, true);
    }

    /** The current folder, in which no workbook was found. */
    static ProjectPath notFound() {
        return of(Path.of(""), false);
    }

    private static ProjectPath of(Path home, boolean isFound) {
        return new ProjectPath(
                home.toAbsolutePath().toString(),
                System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()),
                isFound);
    }

    @Override
    public Finding finding() {
        if (isForeign()) {
            return Finding.problem(
                    "its path has letters other than a to z: " + path,
                    "This system encodes file names in " + encoding + ", so Java cannot open the folder.",
                    "export LC_ALL=C.UTF-8, or rename the folder.");
        }
        if (!breaking().isEmpty()) {
            return Finding.problem(
                    "its path has special characters: " + breaking() + " in " + path,
                    "In paths, : and ! have a meaning for Java; brackets, * and ? for Spark.",
                    "Rename the folder, or move the workbook.");
        }
        if (!isFound) {
            return Finding.problem(
                    "this is not the workbook's folder: " + path,
                    "The doctor checks the current folder.",
                    "Go to the workbook's folder: cd <your clone>, then ./jbang doctor");
        }
        return Finding.ok(path.contains(" ") ? "its path has spaces, which is allowed" : "its path is fine");
    }

    private String breaking() {
        String withoutDrive = path.replaceFirst("^[A-Za-z]:", ""); // such as C:
        return Stream.concat(BREAKS_JAVA.stream(), BREAKS_SPARK.stream())
                .filter(withoutDrive::contains)
                .collect(Collectors.joining(" "));
    }

    /** Java decodes a letter that the encoding lacks as a question mark, and then does not find the folder. */
    private boolean isForeign() {
        return !encoding.equalsIgnoreCase("UTF-8")
                && path.chars().anyMatch(letter -> letter >= 128 || letter == '?' && !isFound);
    }
}
