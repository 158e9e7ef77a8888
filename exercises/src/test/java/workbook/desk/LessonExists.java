package workbook.desk;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import workbook.check.Desk;

/** Runs beside the checkpoints of {@code mvn test -Dlesson=…}: who mistyped the number is told which there are. */
class LessonExists {

    @Test
    void asAsked() {
        String lesson = System.getProperty("lesson");
        if (lesson != null) {
            Desk.here().missing(lesson, System.getProperty("exercise")).ifPresent(Assertions::fail);
        }
    }
}
