package lesson00;

import static workbook.check.Script.row;

import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.Checkpoint;
import workbook.check.Script;

@Checkpoint(Untamed.class)
public class UntamedCheckpoint {

    @Test
    @Order(1)
    void numbersComeBack(Untamed answer) {
        Script.of(StructType.fromDDL("n INT")).columns("n").batch(row(1)).emits(row(1)).play(answer::echo);
    }
}
