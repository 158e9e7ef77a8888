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
 * Runs Maven to resolve the class path of a lesson's module. Maven compiles the modules that the lesson depends on, but
 * not the lesson; the POM's profile {@code class-path} writes the class path.
 *
 * @param home the project's folder
 */
record MavenClassPath(Path home) {

    /** Long enough to download all libraries over a slow connection. */
    private static final Duration LIMIT = Duration.ofHours(1);

    private static final Pattern ERROR = Pattern.compile("^\\[(?:ERROR|FATAL)] +(?:\\[(?:ERROR|FATAL)] +)*");
    /** Lines that only introduce the next one. */
    private static final Pattern HEADING =
            Pattern.compile("(?i)compilation error ?:.*|some problems were encountered.*|");

    private static final Pattern UNREACHED =
            Pattern.compile("(?is).*(could not (transfer|resolve|find artifact)|cannot access"
                    + "|unknown host|offline|unresolvable|could not be resolved).*");

    /**
     * Returns the entries of the class path, in Maven's order.
     *
     * @param output the file to which Maven writes the class path
     * @throws ClassPathException if Maven fails
     */
    List<String> classPath(String module, Path output) {
        Optional<CommandRunner.Result> result = new CommandRunner(home, LIMIT)
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
                        "-Dworkbook.classpath=" + output);
        if (result.isEmpty()) {
            throw new ClassPathException("Maven is not on the PATH. It resolves the libraries of " + module + ".\n"
                    + "Install Maven 3.8 or newer; './jbang doctor' shows how.");
        }
        if (!result.get().isSuccess() || !Files.exists(output)) {
            throw new ClassPathException(message(module, result.get()));
        }
        return entries(output);
    }

    private static List<String> entries(Path output) {
        try {
            return List.of(Files.readString(output).strip().split(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the class path: " + e.getMessage(), e);
        }
    }

    static String message(String module, CommandRunner.Result result) {
        String error = firstError(result);
        return "Maven cannot resolve the libraries of " + module + ". Its first error:\n  " + error + "\n"
                + advice(module, error);
    }

    private static String advice(String module, String error) {
        if (UNREACHED.matcher(error).matches()) {
            return "Check the network: on first use, Maven downloads libraries from Maven Central.";
        }
        return "Check 'git status' for changes to a pom.xml, kit or check. For Maven's full output:\n"
                + "  mvn compile -pl " + module + " -am";
    }

    private static String firstError(CommandRunner.Result result) {
        return !result.hasEnded()
                ? "no answer within " + LIMIT.toMinutes() + " minutes"
                : (result.out() + "\n" + result.err())
                        .lines()
                        .filter(line -> ERROR.matcher(line).find())
                        .map(line -> ERROR.matcher(line).replaceFirst("").strip())
                        .filter(line -> !HEADING.matcher(line).matches())
                        .map(line -> line.replaceFirst(" -> \\[Help \\d+]$", ""))
                        .findFirst()
                        .orElse("exit code " + result.code() + ", no output");
    }
}
