package workbook.proof;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import workbook.check.catalog.Workspace;

/** Finds the checkpoints of the lesson whose module runs the tests: {@code solutions/lesson05}. */
final class LessonCheckpoints {

    private LessonCheckpoints() {}

    /** All, or those that {@code -Dexercise=HourlyRevenue,LateButWelcome} names. */
    static Stream<Class<?>> all(Workspace workspace) {
        String chosen = System.getProperty("exercise");
        return workspace.exercises(lesson()).stream()
                .filter(name -> chosen == null || List.of(chosen.split(",")).contains(name))
                .map(name -> type("lesson" + lesson() + "." + name + "Checkpoint"));
    }

    /**
     * All of them if the lesson is proved wholly, otherwise none. {@code -Dproof=02,05} proves these lessons wholly; of the
     * others, or of all with {@code -Dproof=answers}, the proof checks only the answers.
     */
    static Stream<Class<?>> toProveWholly(Workspace workspace) {
        String lessons = System.getProperty("proof");
        return lessons == null || List.of(lessons.split(",")).contains(lesson()) ? all(workspace) : Stream.empty();
    }

    /** Two digits, from the folder in which Maven runs the module's tests. */
    static String lesson() {
        return Path.of("").toAbsolutePath().getFileName().toString().replace("lesson", "");
    }

    static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("There is no class " + name + ", or it is not compiled.", e);
        }
    }
}
