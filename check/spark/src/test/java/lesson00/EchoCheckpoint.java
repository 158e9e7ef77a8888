package lesson00;

import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Script;

@Checkpoint(Echo.class)
public class EchoCheckpoint {

    @Test
    @Order(2)
    void anEmptyBatchEmitsNothing(Echo answer) {
        script().batch().emitsNothing().run(onSpark(answer::echo));
    }

    @Test
    @Order(1)
    void theSameNumbersAreEmitted(Echo answer) {
        script().batch(row(1), row(2)).emits(row(2), row(1)).run(onSpark(answer::echo));
    }

    private static Script script() {
        return Script.of("n INT").columns("n");
    }
}
