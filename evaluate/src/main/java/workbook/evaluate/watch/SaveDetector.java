package workbook.evaluate.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

/**
 * Detects saved exercises by polling their files, because change notifications are missing on network drives, in
 * containers and in WSL. A file counts as saved when two polls find the same size and time. If it is empty or ends in the
 * middle of a class, an editor may have emptied it and not yet written all of it: then it must stay the same for
 * {@link #GRACE}.
 */
final class SaveDetector {

    /** How long an empty or incomplete file must stay the same. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** The state of a file that is visible without reading it. */
    private record State(long modifiedMillis, long bytes) {}

    private static final State MISSING = new State(0, -1);

    private final Workspace workspace;
    private final List<Exercise> exercises;
    private final LongSupplier nanoTime;
    private final Map<Exercise, State> states = new HashMap<>();
    private final Map<Exercise, Integer> contents = new HashMap<>();
    /** The files that may still be written, with the time of their last change. */
    private final Map<Exercise, Long> unsettled = new HashMap<>();

    /** Creates a detector; later changes count as saves. */
    SaveDetector(Workspace workspace, List<Exercise> exercises) {
        this(workspace, exercises, System::nanoTime);
    }

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    SaveDetector(Workspace workspace, List<Exercise> exercises, LongSupplier nanoTime) {
        this.workspace = workspace;
        this.exercises = exercises;
        this.nanoTime = nanoTime;
        exercises.forEach(exercise -> {
            states.put(exercise, state(exercise));
            contents.put(exercise, text(exercise).hashCode());
        });
    }

    /** Polls once. Returns the exercises whose content has changed since they were last returned. */
    List<Exercise> poll() {
        List<Exercise> saved = new ArrayList<>();
        for (Exercise exercise : exercises) {
            State now = state(exercise);
            if (!now.equals(states.put(exercise, now))) {
                unsettled.put(exercise, nanoTime.getAsLong());
            } else if (unsettled.containsKey(exercise)) {
                settle(exercise, saved);
            }
        }
        return saved;
    }

    /** Whether no editor seems to be writing the file at this moment. */
    boolean isSettled(Exercise exercise) {
        return !unsettled.containsKey(exercise) && state(exercise).equals(states.get(exercise));
    }

    private void settle(Exercise exercise, List<Exercise> saved) {
        String text = text(exercise);
        long unchanged = nanoTime.getAsLong() - unsettled.get(exercise);
        if (unchanged < GRACE.toNanos() && !JavaText.isComplete(text)) {
            return;
        }
        unsettled.remove(exercise);
        // many editors delete a file and create a new one: a missing file is not saved
        if (!states.get(exercise).equals(MISSING) && text.hashCode() != contents.put(exercise, text.hashCode())) {
            saved.add(exercise);
        }
    }

    private State state(Exercise exercise) {
        try {
            BasicFileAttributes file = Files.readAttributes(file(exercise), BasicFileAttributes.class);
            return new State(file.lastModifiedTime().toMillis(), file.size());
        } catch (IOException e) {
            return MISSING;
        }
    }

    /** The file's text; empty if it is missing. */
    private String text(Exercise exercise) {
        try {
            return new String(Files.readAllBytes(file(exercise)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private Path file(Exercise exercise) {
        return workspace.home().resolve(exercise.source());
    }
}
