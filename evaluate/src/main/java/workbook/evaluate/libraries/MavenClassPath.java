package workbook.evaluate.libraries;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import workbook.evaluate.exercises.CommandRunner;

/**
 * Maven, asked for the class path of a lesson's module. It compiles what the lesson stands on, and nothing of the lesson; its
 * POM's profile {@code class-path} writes the answer.
 *
 * @param home the project's folder
 */
record MavenClassPath(Path home) {

    /** Long enough to fetch all libraries through a thin line. */
    private static final Duration LIMIT = Duration.ofHours(1);

    private static final Pattern ERROR = Pattern.compile("^\\[(?:ERROR|FATAL)] +(?:\\[(?:ERROR|FATAL)] +)*");
    /** Lines that only announce the next one. */
    private static final Pattern HEADING =
            Pattern.compile("(?i)compilation error ?:.*|some problems were encountered.*|");

    private static final Pattern UNREACHED =
            Pattern.compile("(?is).*(could not (transfer|resolve|find artifact)|cannot access"
                    + "|unknown host|offline|unresolvable|could not be resolved).*");

    /**
     * The places on the class path, in Maven's order.
     *
     * @param answer a file for Maven to write to
     * @throws ClassPathException if Maven fails
     */
    List<String> classPath(String module, Path answer) {
        Optional<CommandRunner.Result> said = new CommandRunner(home, LIMIT)
                .run(
                        "mvn",
                        "-q",
                        "-B",
                        "-ntp",
                        "-Dstyle.color=never",
                        "-pl",
                        module,
                        "-am",
                        "compile",
                        "-Dworkbook.classpath=" + answer);
        if (said.isEmpty()) {
            throw new ClassPathException("Maven is not on the PATH: it knows which libraries " + module + " needs.\n"
                    + "Install Maven 3.8 or newer; './jbang doctor' says how.");
        }
        if (!said.get().isFine() || !Files.exists(answer)) {
            throw new ClassPathException(explained(module, said.get()));
        }
        return places(answer);
    }

    private static List<String> places(Path answer) {
        try {
            return List.of(Files.readString(answer).strip().split(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException("Maven's answer cannot be read: " + e.getMessage(), e);
        }
    }

    static String explained(String module, CommandRunner.Result said) {
        String error = firstError(said);
        return "Maven cannot say which libraries " + module + " needs. Its first error:\n  " + error + "\n"
                + advice(module, error);
    }

    private static String advice(String module, String error) {
        if (UNREACHED.matcher(error).matches()) {
            return "Is there a network? Libraries are fetched from Maven Central, once; afterwards none is needed.";
        }
        return "Has a pom.xml been changed here, or something in kit or check? 'git status' shows it. All that Maven says:\n"
                + "  mvn compile -pl " + module + " -am";
    }

    private static String firstError(CommandRunner.Result said) {
        return !said.hasEnded()
                ? "no answer within " + LIMIT.toMinutes() + " minutes"
                : (said.out() + "\n" + said.err())
                        .lines()
                        .filter(line -> ERROR.matcher(line).find())
                        .map(line -> ERROR.matcher(line).replaceFirst("").strip())
                        .filter(line -> !HEADING.matcher(line).matches())
                        .map(line -> line.replaceFirst(" -> \\[Help \\d+]$", ""))
                        .findFirst()
                        .orElse("exit code " + said.code() + ", without a word");
    }
}
