package workbook.check;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workbook.check.Script.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ScriptTest {

    private static final StructType SALES = StructType.fromDDL("shop STRING, time TIMESTAMP, price DECIMAL(10,2)");
    private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");

    @Test
    void numbersAreComparedByValueAndRowsAndColumnsInAnyOrder() {
        Script.of(SALES).mode("complete").columns("n", "total", "shop")
                .batch(sale("north", "1.50"), sale("south", "2.00"), sale(null, "0.00"))
                .emits(row(1, 2, "south"), row(1L, new BigDecimal("1.5"), "north"), row(1.0, 0, null))
                .play(ScriptTest::totals);
    }

    @Test
    void aFailureShowsTheBatchAsTables() {
        assertFailure("""
                two shops
                batch 2 of 2, update mode

                in        shop   time                  price
                          north  2026-01-01T09:00:00Z   2.50

                out       shop   n  total
                          north  2      2  <- not expected

                expected  shop   n  total
                          north  2   3.50  <- missing""", totals -> totals.selectExpr("shop", "n", "n AS total"));
    }

    @Test
    void aBatchThatShouldBeSilentIsToldSo() {
        assertThatThrownBy(() -> Script.of(StructType.fromDDL("n INT")).columns("n")
                .batch(row(1))
                .emitsNothing()
                .play(in -> in))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        batch 1 of 1, append mode

                        in        n
                                  1

                        out       n
                                  1  <- not expected

                        expected  nothing""");
    }

    @Test
    void otherColumnsThanAskedForAreNamed() {
        assertFailure("""
                columns out       shop, amount
                columns expected  shop, n, total""", totals -> totals.selectExpr("shop", "n AS amount"));
    }

    @Test
    void ofManyRowsTheOnesThatDifferComeFirst() {
        Row[] numbers = IntStream.range(0, 20).mapToObj(Script::row).toArray(Row[]::new);
        assertThatThrownBy(() -> Script.of(StructType.fromDDL("n INT")).columns("n")
                .batch(numbers)
                .emits(numbers)
                .play(in -> in.selectExpr("IF(n = 19, 99, n) AS n")))
                .message().contains("out        n\n          99  <- not expected\n           0\n", "and 8 more");
    }

    private static void assertFailure(String message, UnaryOperator<Dataset<Row>> mistake) {
        assertThatThrownBy(() -> Script.of(SALES).title("two shops").mode("update").columns("shop", "n", "total")
                .batch(sale("north", "1.00"), sale("south", "1.00"))
                .emits(row("north", 1, 1), row("south", 1, 1))
                .batch(sale("north", "2.50"))
                .emits(row("north", 2, new BigDecimal("3.50")))
                .play(in -> mistake.apply(totals(in))))
                .isInstanceOf(AssertionError.class)
                .hasMessage(message);
    }

    private static Dataset<Row> totals(Dataset<Row> sales) {
        return sales.groupBy("shop").agg(
                count("*").as("n"),
                sum("price").as("total"));
    }

    private static Row sale(String shop, String price) {
        return row(shop, NINE, new BigDecimal(price));
    }
}
