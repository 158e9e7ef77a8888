package lesson00;

import static workbook.check.script.Script.row;
import static workbook.check.spark.OnSpark.onSpark;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.judge.Checkpoint;
import workbook.check.script.Script;

@Checkpoint(Untamed.class)
public class UntamedCheckpoint {

    @Test
    @Order(1)
    void numbersComeBack(Untamed answer) {
        Script.of("n INT").columns("n").batch(row(1)).emits(row(1)).play(onSpark(answer::echo));
    }
}
