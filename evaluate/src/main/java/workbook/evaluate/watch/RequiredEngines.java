package workbook.evaluate.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

/**
 * Finds the engines that checkpoints use, by their imports: packages of {@code check} that are not part of its core. A
 * worker warms up these engines, and starts no engine for checkpoints that need none.
 *
 * @param expected the exercises that may be checked; those of a lesson share a worker
 */
record RequiredEngines(Workspace workspace, List<Exercise> expected) {

    private static final String CORE = "check/core/src/main/java";
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?(workbook\\.check\\.[a-z.]*[a-z])\\.");

    /** The packages of the engines for an exercise and the expected exercises of its lesson. */
    Set<String> by(Exercise exercise) {
        return Stream.concat(
                        Stream.of(exercise),
                        expected.stream().filter(each -> each.lesson().equals(exercise.lesson())))
                .flatMap(this::packages)
                .collect(Collectors.toSet());
    }

    private Stream<String> packages(Exercise exercise) {
        Path checkpoint = workspace.home().resolve(exercise.checkpoint());
        try {
            return IMPORT
                    .matcher(Files.readString(checkpoint))
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !Files.exists(workspace.home().resolve(CORE).resolve(name.replace('.', '/'))))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + checkpoint + ": " + e.getMessage(), e);
        }
    }
}
