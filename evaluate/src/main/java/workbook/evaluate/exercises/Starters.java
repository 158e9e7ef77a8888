package workbook.evaluate.exercises;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

/**
 * Restores the starters of exercises, from the Git history or from a copy in {@code .workbook/starters}, made when the
 * starter was first seen. The learner's version is kept.
 */
public record Starters(Workspace workspace) {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * The result of a reset.
     *
     * @param kept the copy of the learner's version, relative to the project's folder; empty if there was no file or it
     *        was the starter
     */
    public record Reset(Exercise exercise, boolean isChanged, Optional<Path> kept) {

        /** The result as text for the learner. */
        @Override
        public String toString() {
            if (!isChanged) {
                return exercise.source() + " is already the starter.";
            }
            return "Restored the starter: " + exercise.source()
                    + kept.map(path -> "\nYour version is kept in " + Workspace.display(path))
                            .orElse("");
        }
    }

    /**
     * Copies every starter that has no copy yet. This is fast.
     *
     * @throws UncheckedIOException if a file cannot be read or written
     */
    public static void backUp(Workspace workspace) {
        new Lookup(workspace).all().forEach(new Starters(workspace)::backUp);
    }

    private void backUp(Exercise exercise) {
        Path copy = copy(exercise);
        Path file = file(exercise);
        if (Files.exists(copy) || !Files.exists(file)) {
            return;
        }
        FileContent text = FileContent.of(file);
        if (text.isStarter()) {
            replace(copy, text);
        }
    }

    /** The starter of an exercise; empty if there is no copy. */
    Optional<FileContent> of(Exercise exercise) {
        Optional<FileContent> committed = new GitHistory(workspace.home()).starter(exercise.source());
        return committed.or(
                () -> Optional.of(copy(exercise)).filter(Files::exists).map(FileContent::of));
    }

    /**
     * Restores the starter. First copies the learner's version to {@code .workbook/kept}.
     *
     * @param clock the time for the name of the copy, UTC
     * @throws IllegalStateException if there is no starter
     * @throws UncheckedIOException if a file cannot be read or written; the learner's file is unchanged then
     */
    public Reset reset(Exercise exercise, Clock clock) {
        FileContent starter = of(exercise)
                .orElseThrow(() -> new IllegalStateException("The starter of " + exercise.name()
                        + " is neither in the Git history nor in .workbook/starters. Nothing was changed. "
                        + "Copy it from a new clone of the workbook: " + exercise.source()));
        Path file = file(exercise);
        if (!Files.exists(file)) {
            replace(file, starter);
            return new Reset(exercise, true, Optional.empty());
        }
        FileContent mine = FileContent.of(file);
        if (mine.hasSameText(starter)) {
            return new Reset(exercise, false, Optional.empty());
        }
        Path kept = keep(exercise, mine, STAMP.format(clock.instant()));
        replace(file, starter);
        return new Reset(exercise, true, Optional.of(workspace.home().relativize(kept)));
    }

    private Path keep(Exercise exercise, FileContent mine, String stamp) {
        Path folder = workspace.home().resolve(".workbook/kept/lesson" + exercise.lesson());
        try {
            Files.createDirectories(folder);
            for (int number = 1; ; number++) {
                Path kept = folder.resolve(exercise.name() + "-" + stamp + (number == 1 ? "" : "-" + number) + ".java");
                if (tryWrite(mine, kept)) {
                    return kept;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Nothing was changed: cannot copy your version to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Writes a new file; returns false if the file exists. */
    private static boolean tryWrite(FileContent text, Path file) throws IOException {
        try {
            text.writeNew(file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static void replace(Path file, FileContent text) {
        try {
            text.replace(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the starter to " + file + ": " + e.getMessage(), e);
        }
    }

    private Path file(Exercise exercise) {
        return workspace.home().resolve(exercise.source());
    }

    private Path copy(Exercise exercise) {
        return workspace
                .home()
                .resolve(".workbook/starters/lesson" + exercise.lesson())
                .resolve(exercise.name() + ".java");
    }
}
