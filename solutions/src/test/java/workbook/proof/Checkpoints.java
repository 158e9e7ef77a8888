package workbook.proof;

import java.util.stream.Stream;
import workbook.check.Desk;

/** The checkpoints of all exercises on the desk; nobody needs to list them. */
final class Checkpoints {

    private Checkpoints() {}

    static Stream<Class<?>> all(Desk desk) {
        return desk.lessons().stream().flatMap(lesson -> desk.exercises(lesson).stream()
                .map(name -> type("lesson" + lesson + "." + name + "Checkpoint")));
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("There is no class " + name + ", or it is not compiled.", e);
        }
    }
}
