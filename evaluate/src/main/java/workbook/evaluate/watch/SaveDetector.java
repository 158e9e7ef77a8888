package workbook.evaluate.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

/**
 * Detects saved exercises by polling their files, because change notifications are missing on network drives, in
 * containers and in WSL. A file counts as saved when two polls find the same state: before that, an editor may still be
 * writing.
 */
final class SaveDetector {

    /** The state of a file that is visible without reading it. */
    private record State(long modifiedMillis, long bytes) {}

    private static final State MISSING = new State(0, -1);

    private final Workspace workspace;
    private final List<Exercise> exercises;
    private final Map<Exercise, State> states = new HashMap<>();
    private final Map<Exercise, Integer> contents = new HashMap<>();
    private final List<Exercise> unsettled = new ArrayList<>();

    /** Creates a detector; later changes count as saves. */
    SaveDetector(Workspace workspace, List<Exercise> exercises) {
        this.workspace = workspace;
        this.exercises = exercises;
        exercises.forEach(exercise -> {
            states.put(exercise, state(exercise));
            contents.put(exercise, content(exercise));
        });
    }

    /** Polls once. Returns the exercises whose content has changed since they were last returned. */
    List<Exercise> poll() {
        List<Exercise> saved = new ArrayList<>();
        for (Exercise exercise : exercises) {
            State now = state(exercise);
            if (!now.equals(states.put(exercise, now))) {
                unsettled.add(exercise);
            } else if (unsettled.removeIf(exercise::equals) && !now.equals(MISSING)) {
                int content = content(exercise);
                if (content != contents.put(exercise, content)) {
                    saved.add(exercise);
                }
            }
        }
        return saved;
    }

    private State state(Exercise exercise) {
        try {
            BasicFileAttributes file = Files.readAttributes(file(exercise), BasicFileAttributes.class);
            return new State(file.lastModifiedTime().toMillis(), file.size());
        } catch (IOException e) {
            return MISSING; // many editors delete a file and create a new one
        }
    }

    private int content(Exercise exercise) {
        try {
            return Arrays.hashCode(Files.readAllBytes(file(exercise)));
        } catch (IOException e) {
            return 0;
        }
    }

    private Path file(Exercise exercise) {
        return workspace.home().resolve(exercise.source());
    }
}
