package workbook.evaluate.airflow;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workbook.evaluate.exercises.CommandRunner;

/**
 * A Python that Airflow runs on.
 *
 * @param command its name on the PATH
 * @param version such as 3.11
 */
public record Python(String command, String version) {

    /** What to do without one, as one sentence. */
    public static final String INSTALL = "Install Python 3.10 to 3.14: on Debian, Ubuntu and WSL with"
            + " 'sudo apt install python3 python3-venv', on macOS with 'brew install python@3.13'.";

    private static final Pattern VERSION = Pattern.compile("Python (3)\\.(\\d+)");
    private static final int OLDEST = 10;
    private static final int NEWEST = 14;

    /** The first Python on the PATH that is neither too old nor too new for Airflow. */
    public static Optional<Python> find(Path home) {
        return Stream.of("python3", "python3.13", "python3.12", "python3.14", "python3.11", "python3.10")
                .flatMap(command -> of(home, command).stream())
                .findFirst();
    }

    private static Optional<Python> of(Path home, String command) {
        return new CommandRunner(home, Duration.ofSeconds(10))
                .run(command, "--version")
                .filter(CommandRunner.Result::isSuccess)
                .flatMap(result -> parse(command, result.out()));
    }

    /** Reads the output of {@code python3 --version}; empty if Airflow does not run on this version. */
    static Optional<Python> parse(String command, String output) {
        Matcher version = VERSION.matcher(output);
        if (!version.lookingAt()) {
            return Optional.empty();
        }
        int minor = Integer.parseInt(version.group(2));
        return minor < OLDEST || minor > NEWEST ? Optional.empty() : Optional.of(new Python(command, "3." + minor));
    }
}
