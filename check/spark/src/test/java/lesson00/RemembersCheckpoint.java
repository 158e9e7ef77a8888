package lesson00;

import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Script;

@Checkpoint(Remembers.class)
public class RemembersCheckpoint {

    @Test
    @Order(1)
    void theFirstNumberIsEmitted(Remembers answer) {
        Script.of("n INT").columns("n").batch(row(1)).emits(row(1)).run(onSpark(answer::echo));
    }

    @Test
    @Order(2)
    void theSecondNumberIsEmitted(Remembers answer) {
        Script.of("n INT").columns("n").batch(row(2)).emits(row(2)).run(onSpark(answer::echo));
    }
}
