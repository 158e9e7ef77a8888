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
 * Brings back what an exercise was before anybody worked on it. It comes from git's history or, where that has none, from
 * a copy in {@code .workbook/starters}, made the first time a starter was seen. Nothing that a learner has written is lost.
 *
 * @param desk where the exercises are
 */
public record Starters(Workspace desk) {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * What came of a reset.
     *
     * @param kept where the learner's version is now, seen from the project's folder; none if there was no such file, or
     *        if it is the starter
     */
    public record Reset(Exercise exercise, boolean isChanged, Optional<Path> kept) {

        /** As it is told. */
        @Override
        public String toString() {
            if (!isChanged) {
                return exercise.source() + " is the starter already.";
            }
            return exercise.source() + " is the starter again."
                    + kept.map(path -> "\nYour version is kept: " + Workspace.display(path))
                            .orElse("");
        }
    }

    /**
     * Keeps a copy of every starter that has none yet, for the day when it is wanted back. Costs next to nothing.
     *
     * @throws UncheckedIOException if a file cannot be read or written
     */
    public static void keep(Workspace desk) {
        new Lookup(desk).all().forEach(new Starters(desk)::keep);
    }

    private void keep(Exercise exercise) {
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

    /** The starter of an exercise; none if nobody has kept it. */
    Optional<FileContent> of(Exercise exercise) {
        Optional<FileContent> remembered = new GitHistory(desk.home()).starter(exercise.source());
        return remembered.or(
                () -> Optional.of(copy(exercise)).filter(Files::exists).map(FileContent::of));
    }

    /**
     * Puts the starter back, after what is there has been kept aside in {@code .workbook/kept}.
     *
     * @param clock gives the time in the kept file's name, UTC
     * @throws IllegalStateException if the starter is nowhere to be found
     * @throws UncheckedIOException if a file cannot be read or written; then the learner's file is untouched
     */
    public Reset reset(Exercise exercise, Clock clock) {
        FileContent starter = of(exercise)
                .orElseThrow(() -> new IllegalStateException("The starter of " + exercise.name()
                        + " is neither in git's history nor in .workbook/starters. Nothing was changed. "
                        + "It is in a fresh copy of the workbook: " + exercise.source()));
        Path file = file(exercise);
        if (!Files.exists(file)) {
            replace(file, starter);
            return new Reset(exercise, true, Optional.empty());
        }
        FileContent mine = FileContent.of(file);
        if (mine.saysTheSameAs(starter)) {
            return new Reset(exercise, false, Optional.empty());
        }
        Path kept = keepAside(exercise, mine, STAMP.format(clock.instant()));
        replace(file, starter);
        return new Reset(exercise, true, Optional.of(desk.home().relativize(kept)));
    }

    private Path keepAside(Exercise exercise, FileContent mine, String stamp) {
        Path folder = desk.home().resolve(".workbook/kept/lesson" + exercise.lesson());
        try {
            Files.createDirectories(folder);
            for (int number = 1; ; number++) {
                Path kept = folder.resolve(exercise.name() + "-" + stamp + (number == 1 ? "" : "-" + number) + ".java");
                if (isWritten(mine, kept)) {
                    return kept;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Nothing was changed: your version could not be kept in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Not if there is such a file. */
    private static boolean isWritten(FileContent text, Path file) throws IOException {
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
            throw new UncheckedIOException("The starter could not be written to " + file + ": " + e.getMessage(), e);
        }
    }

    private Path file(Exercise exercise) {
        return desk.home().resolve(exercise.source());
    }

    private Path copy(Exercise exercise) {
        return desk.home()
                .resolve(".workbook/starters/lesson" + exercise.lesson())
                .resolve(exercise.name() + ".java");
    }
}
