package workbook.evaluate.exercises;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the versions of a file from the Git history. Without Git or a repository there are none. */
final class GitHistory {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final CommandRunner git;

    GitHistory(Path home) {
        git = new CommandRunner(home, LIMIT);
    }

    /**
     * Returns the starter of a file: the newest of the versions with the most unsolved methods. A committed partial
     * answer has fewer.
     *
     * @param file relative to the project's folder
     */
    Optional<FileContent> starter(String file) {
        return versions(file)
                .filter(FileContent::isStarter)
                .max(Comparator.comparingInt(FileContent::unsolved)); // the first of equals
    }

    /** All versions, the newest first. */
    private Stream<FileContent> versions(String file) {
        // The full history: by default, git omits versions that a merge discarded, such as a newer starter.
        List<String> commits = output("log", "--full-history", "--format=%H", "--", file)
                .map(output -> output.lines().toList())
                .orElse(List.of());
        return commits.stream()
                .flatMap(commit -> output("cat-file", "blob", commit + ":./" + file).stream())
                .map(output -> new FileContent(output.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<String> output(String... arguments) {
        String[] command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new);
        return git.run(command).filter(CommandRunner.Result::isSuccess).map(CommandRunner.Result::out);
    }
}
