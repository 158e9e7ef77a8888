package workbook.evaluate.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.evaluate.exercises.CommandRunner;

/**
 * Maven, and the Java it runs on, which need not be the one that runs this program.
 *
 * @param said what {@code mvn -version} said; none if there is no Maven
 */
record Maven(Optional<CommandRunner.Result> said) implements Observation {

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
        if (said.isEmpty()) {
            return Finding.needed(
                    "not found on the PATH", "It fetches the libraries and checks your exercises.", INSTALL);
        }
        Matcher maven = VERSION.matcher(said.get().out());
        Matcher java = JAVA.matcher(said.get().out());
        if (!said.get().isFine() || !maven.find() || !java.find()) {
            return Finding.needed(
                    "does not tell its version: " + firstLine(),
                    "It fetches the libraries and checks your exercises.",
                    "See what is wrong: mvn -version");
        }
        String version = maven.group().substring("Apache Maven ".length());
        if (isTooOld(Integer.parseInt(maven.group(1)), Integer.parseInt(maven.group(2)))) {
            return Finding.needed(version, "The workbook needs Maven 3.8 or newer.", INSTALL);
        }
        return onJava(version, java.group().substring("Java version: ".length()), Integer.parseInt(java.group(1)));
    }

    private static Finding onJava(String version, String java, int feature) {
        if (feature < Jdk.OLDEST) {
            return Finding.needed(
                    version + ", on Java " + java,
                    "Maven takes the Java that JAVA_HOME names, and needs 17 or newer.",
                    "Point JAVA_HOME at a JDK 17, and put this into your shell's profile: export JAVA_HOME=/path/to/jdk-17");
        }
        return Finding.ok(version + ", on Java " + java);
    }

    private static boolean isTooOld(int major, int minor) {
        return major < 3 || major == 3 && minor < 8;
    }

    private String firstLine() {
        CommandRunner.Result it = said.get();
        return !it.hasEnded()
                ? "no answer in time"
                : (it.out() + "\n" + it.err())
                        .lines()
                        .filter(line -> !line.isBlank())
                        .findFirst()
                        .map(String::strip)
                        .orElse("no word");
    }
}
