package workbook.evaluate.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.evaluate.exercises.CommandRunner;

/**
 * Maven and its Java, which may differ from the Java of this program.
 *
 * @param version the result of {@code mvn -version}; empty if Maven is not installed
 */
record Maven(Optional<CommandRunner.Result> version) implements Observation {

    private static final Pattern VERSION = Pattern.compile("Apache Maven (\\d+)\\.(\\d+)[^\\s\\x1B]*");
    private static final Pattern JAVA = Pattern.compile("Java version: (?:1\\.)?(\\d+)[^,\\s]*");
    private static final String INSTALL = "Debian, Ubuntu, WSL:  sudo apt install maven\n"
            + "macOS:                brew install maven\n"
            + "anywhere:             https://maven.apache.org/install.html";

    static Maven of(Path home) {
        return new Maven(new CommandRunner(home, Duration.ofSeconds(30)).run("mvn", "-B", "-version"));
    }

    @Override
    public Finding finding() {
        if (version.isEmpty()) {
            return Finding.problem(
                    "not found on the PATH", "It downloads the libraries and checks your exercises.", INSTALL);
        }
        Matcher maven = VERSION.matcher(version.get().out());
        Matcher java = JAVA.matcher(version.get().out());
        if (!version.get().isSuccess() || !maven.find() || !java.find()) {
            return Finding.problem(
                    "'mvn -version' fails: " + firstLine(),
                    "It downloads the libraries and checks your exercises.",
                    "Run it to see the error: mvn -version");
        }
        String number = maven.group().substring("Apache Maven ".length());
        if (isTooOld(Integer.parseInt(maven.group(1)), Integer.parseInt(maven.group(2)))) {
            return Finding.problem(number, "The workbook requires Maven 3.8 or newer.", INSTALL);
        }
        return onJava(number, java.group().substring("Java version: ".length()), Integer.parseInt(java.group(1)));
    }

    private static Finding onJava(String version, String java, int feature) {
        if (feature < Jdk.OLDEST) {
            return Finding.problem(
                    version + ", on Java " + java,
                    "Maven uses the Java in JAVA_HOME; the workbook requires 17 or newer.",
                    "Add this line to your shell's profile: export JAVA_HOME=/path/to/jdk-17");
        }
        return Finding.ok(version + ", on Java " + java);
    }

    private static boolean isTooOld(int major, int minor) {
        return major < 3 || major == 3 && minor < 8;
    }

    private String firstLine() {
        CommandRunner.Result result = version.get();
        return !result.hasEnded()
                ? "no answer within 30 s"
                : (result.out() + "\n" + result.err())
                        .lines()
                        .filter(line -> !line.isBlank())
                        .findFirst()
                        .map(String::strip)
                        .orElse("no output");
    }
}
