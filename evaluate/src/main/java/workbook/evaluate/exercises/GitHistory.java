package workbook.evaluate.exercises;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What git remembers of a file. Where there is no git, or no repository, it remembers nothing. */
final class GitHistory {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final CommandRunner git;

    GitHistory(Path home) {
        git = new CommandRunner(home, LIMIT);
    }

    /**
     * The starter a file once was: of its versions, the one in which most waits for an answer, and of several, the
     * newest. So a half-done answer that was committed is not taken for a starter.
     *
     * @param file seen from the project's folder
     */
    Optional<FileContent> starter(String file) {
        return versions(file)
                .filter(FileContent::isStarter)
                .max(Comparator.comparingInt(FileContent::unsolved)); // the first of equals
    }

    /** The newest first. */
    private Stream<FileContent> versions(String file) {
        // All of history: else git leaves out what a merge has turned down, such as a newer starter.
        List<String> commits = said("log", "--full-history", "--format=%H", "--", file)
                .map(said -> said.lines().toList())
                .orElse(List.of());
        return commits.stream()
                .flatMap(commit -> said("cat-file", "blob", commit + ":./" + file).stream())
                .map(said -> new FileContent(said.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<String> said(String... arguments) {
        String[] command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new);
        return git.run(command).filter(CommandRunner.Result::isFine).map(CommandRunner.Result::out);
    }
}
