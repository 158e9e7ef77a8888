package workbook.proof;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import workbook.check.catalog.Workspace;

/** The checkpoints of a lesson, which is that of the module whose tests run: {@code solutions/lesson05}. Nobody lists them. */
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
     * All of them if the lesson is to be proved wholly, else none. {@code -Dproof=02,05} does so with these lessons only;
     * of the others, or of all with {@code -Dproof=answers}, the proof judges the answers.
     */
    static Stream<Class<?>> toProveWholly(Workspace workspace) {
        String lessons = System.getProperty("proof");
        return lessons == null || List.of(lessons.split(",")).contains(lesson()) ? all(workspace) : Stream.empty();
    }

    /** Two digits: Maven runs a module's tests in its folder. */
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
