package workbook.kit.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With adaptive execution, which is on by default. */
class ExecutedPlanTest {

    private static final StructType COLUMNS = StructType.fromDDL("customer INT, amount INT");

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("ExecutedPlanTest");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void theMovesAreListedFromTheResultDownWithTheirRows() {
        ExecutedPlan plan = ExecutedPlan.run(table(1000).groupBy("customer").count());

        assertThat(plan.shuffledRows()).isEqualTo(4 * 10);
        assertThat(plan.broadcastRows()).isZero();
        assertThat(plan.moves())
                .hasSize(3)
                .element(1)
                .isEqualTo("Exchange hashpartitioning(customer, 2), ENSURE_REQUIREMENTS: 40 rows");
        assertThat(plan.moves().get(0)).startsWith("HashAggregate(keys=[customer]");
    }

    @Test
    void aBroadcastIsCounted() {
        ExecutedPlan plan = ExecutedPlan.run(table(1000).join(broadcast(table(10)), "customer"));

        assertThat(plan.shuffledRows()).isZero();
        assertThat(plan.broadcastRows()).isEqualTo(10);
    }

    @Test
    void ofALargeTableSparkBroadcastsNothingByItself() {
        ExecutedPlan plan = ExecutedPlan.run(table(1000).join(table(10), "customer"));

        assertThat(plan.shuffledRows()).isEqualTo(1010);
    }

    @Test
    void aQueryThatHasRunIsNotRunAgain() throws Exception {
        Dataset<Row> query = table(1000).groupBy("customer").count();
        query.collectAsList();

        Bill bill = Bill.of(
                spark, () -> assertThat(ExecutedPlan.of(query).shuffledRows()).isEqualTo(40));

        assertThat(bill.jobs()).isZero();
    }

    @Test
    void operatorsAreListedByName() {
        Dataset<Row> query = range().repartition(3, col("customer"));

        assertThat(ExecutedPlan.run(query).operators("Exchange.*|Range"))
                .containsExactly("Exchange hashpartitioning(customer, 3)", "   Range");
    }

    @Test
    void theFilesOfATableAreCounted() {
        range().write().partitionBy("customer").saveAsTable("by_customer");

        ExecutedPlan plan = ExecutedPlan.run(spark.table("by_customer").where("customer = 3"));

        assertThat(plan.scannedFiles("by_customer")).isEqualTo(4);
        assertThat(plan.scannedFiles("another")).isZero();
    }

    private static Dataset<Row> range() {
        return spark.range(0, 1000, 1, 4).selectExpr("id % 10 AS customer", "id AS amount");
    }

    private static Dataset<Row> table(int rows) {
        List<Row> numbers = IntStream.range(0, rows)
                .mapToObj(i -> RowFactory.create(i % 10, i))
                .toList();
        return LargeTable.of(spark, COLUMNS, numbers, 4);
    }
}
