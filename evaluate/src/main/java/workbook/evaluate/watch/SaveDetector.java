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
 * Notices when an exercise's file is saved, by looking again and again: that works on network drives, in containers and in
 * WSL, too, where nobody is told of changes. A file counts as saved once it looked the same twice: an editor may still have
 * been writing.
 */
final class SaveDetector {

    /** What can be seen of a file without reading it. */
    private record Look(long modifiedMillis, long bytes) {}

    private static final Look MISSING = new Look(0, -1);

    private final Workspace desk;
    private final List<Exercise> exercises;
    private final Map<Exercise, Look> looks = new HashMap<>();
    private final Map<Exercise, Integer> contents = new HashMap<>();
    private final List<Exercise> unsettled = new ArrayList<>();

    /** Everything is as it is now; what changes from now on is a save. */
    SaveDetector(Workspace desk, List<Exercise> exercises) {
        this.desk = desk;
        this.exercises = exercises;
        exercises.forEach(exercise -> {
            looks.put(exercise, look(exercise));
            contents.put(exercise, content(exercise));
        });
    }

    /** Looks once; returns those whose text has changed since it was returned last. */
    List<Exercise> look() {
        List<Exercise> saved = new ArrayList<>();
        for (Exercise exercise : exercises) {
            Look now = look(exercise);
            if (!now.equals(looks.put(exercise, now))) {
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

    private Look look(Exercise exercise) {
        try {
            BasicFileAttributes file = Files.readAttributes(file(exercise), BasicFileAttributes.class);
            return new Look(file.lastModifiedTime().toMillis(), file.size());
        } catch (IOException e) {
            return MISSING; // many editors delete a file and put the new one in its place
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
        return desk.home().resolve(exercise.source());
    }
}
