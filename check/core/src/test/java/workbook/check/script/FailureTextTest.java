package workbook.check.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.check.memory.MemoryEngine.onMemory;
import static workbook.check.script.Script.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a failure shows of the batches before the one that failed. */
class FailureTextTest {

    private static final String SALES = "shop STRING, time TIMESTAMP, price INT";

    @Test
    void earlierRowsOfTheSameKeyAreShown() {
        assertThat(failure(sales().batch(row("north", "10:00", 1), row("south", "10:01", 2))
                        .batch(row("north", "10:02", 3))
                        .emits(row("north", 4))))
                .contains("""
                        in before   batch  shop   time   price
                                        1  north  10:00      1

                        out before  batch  shop   price
                                        1  north      1

                        in          shop   time   price
                        """);
    }

    @Test
    void withoutRowsOfTheSameKeyAllAreShownUnlessTheyAreMany() {
        assertThat(failure(sales().batch(row("south", "10:01", 2))
                        .batch(row("north", "10:02", 3))
                        .emitsNothing()))
                .contains("\n                1  south  10:01      2\n");
        Object[] many = new ArrayList<>(Collections.nCopies(13, row("south", "10:01", 2))).toArray();
        assertThat(failure(sales().batch(many).batch(row("north", "10:02", 3)).emitsNothing()))
                .doesNotContain("before");
    }

    @Test
    void nullIsNotTheTextNull() {
        assertThat(failure(sales().batch(row(null, "10:02", 3)).emits(row("null", 3))))
                .contains("null      3  <- not expected", "\"null\"      3  <- missing");
    }

    @Test
    void theWatermarkIsShownWithTheNewestTimeOfEachInput() {
        Script two = Script.of("sales", SALES)
                .and("returns", SALES)
                .columns("shop", "price")
                .batch(row("north", "10:02", 3))
                .watermark("10:00")
                .emits(row("north", 3));
        assertThat(failure(two)).contains("watermark  none  expected 10:00\nnewest in  sales 10:02, returns none");
    }

    private static Script sales() {
        return Script.of(SALES).columns("shop", "price");
    }

    /** The message if the answer selects the columns. */
    private static String failure(Script script) {
        return catchThrowable(() -> script.run(onMemory(
                        "shop STRING, price INT",
                        () -> (in, state) -> in.values().stream()
                                .flatMap(List::stream)
                                .map(sale -> row(sale.get(0), sale.get(2)))
                                .toList())))
                .getMessage();
    }
}
