package workbook.evaluate.doctor;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the workbook lies. Spaces do no harm.
 *
 * @param path its folder
 * @param encoding in which this system writes names of files
 * @param isFound whether the workbook was found there
 */
record ProjectPath(String path, String encoding, boolean isFound) implements Observation {

    /** Class paths end at the one, names inside a jar begin at the other. */
    private static final List<String> BREAKS_JAVA = List.of(":", "!");
    /** What Spark takes for a pattern. */
    private static final List<String> BREAKS_SPARK = List.of("*", "?", "[", "]", "{", "}");

    static ProjectPath of(Path home) {
        return of(home, true);
    }

    /** The current folder, in which no workbook was found. */
    static ProjectPath elsewhere() {
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
            return Finding.needed(
                    "its path has other letters than a to z: " + path,
                    "This system's names of files are in " + encoding + ", so Java cannot open it.",
                    "export LC_ALL=C.UTF-8, or rename the folder.");
        }
        if (!breaking().isEmpty()) {
            return Finding.needed(
                    "its path has characters that break things: " + breaking() + " in " + path,
                    "Java takes : and ! in paths for something else, Spark the brackets, * and ?.",
                    "Rename the folder, or move the workbook.");
        }
        if (!isFound) {
            return Finding.needed(
                    "the workbook is not here: " + path,
                    "The doctor looks at the folder it is started in.",
                    "Go into the workbook's folder: cd <where you cloned it>, then ./jbang doctor");
        }
        return Finding.ok(path.contains(" ") ? "its path has spaces, which do no harm" : "its path is fine");
    }

    private String breaking() {
        String named = path.replaceFirst("^[A-Za-z]:", ""); // a drive's letter has a colon of its own
        return Stream.concat(BREAKS_JAVA.stream(), BREAKS_SPARK.stream())
                .filter(named::contains)
                .collect(Collectors.joining(" "));
    }

    /** Java reads a question mark where the encoding has no letter; then it finds nothing there, either. */
    private boolean isForeign() {
        return !encoding.equalsIgnoreCase("UTF-8")
                && path.chars().anyMatch(letter -> letter >= 128 || letter == '?' && !isFound);
    }
}
