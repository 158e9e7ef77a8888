package workbook.kit.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BillTest {

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.named("BillTest")
                .set("spark.sql.adaptive.enabled", "false")
                .start();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void aSumShufflesARowForEachKeyAndTask() throws Exception {
        Bill bill = Bill.of(spark, () -> payments().groupBy("customer").count().collectAsList());

        assertThat(bill.jobs()).isEqualTo(1);
        assertThat(bill.stages()).hasSize(2);
        assertThat(bill.tasks()).isEqualTo(4 + 2);
        assertThat(bill.shuffledRows()).isEqualTo(4 * 10);
        assertThat(bill.shuffledBytes()).isPositive();
        assertThat(bill.spilledBytes()).isZero();
    }

    @Test
    void aTaskThatReadsMostOfTheRowsIsSeen() throws Exception {
        Dataset<Row> skewed = spark.range(0, 1000, 1, 4).selectExpr("if(id % 10 < 9, 7, id % 100) AS customer");

        Bill bill =
                Bill.of(spark, () -> skewed.repartition(skewed.col("customer")).collectAsList());

        StageBill last = bill.stages().get(bill.stages().size() - 1);
        assertThat(last.fetchedRows()).isEqualTo(1000);
        assertThat(last.fetchedByTask()).anyMatch(rows -> rows > 900);
    }

    @Test
    void aCachedDatasetIsReadAsInput() throws Exception {
        Dataset<Row> cached = payments().cache();
        cached.count();

        assertThat(Bill.of(spark, cached::collectAsList).inputRows()).isPositive();

        cached.unpersist(true);
    }

    @Test
    void earlierJobsAreNotCounted() throws Exception {
        payments().count();

        assertThat(Bill.of(spark, () -> {})).isEqualTo(new Bill(0, List.of()));
    }

    @Test
    void anExceptionOfTheWorkIsPassedOn() {
        assertThatThrownBy(() -> Bill.of(spark, () -> {
                    throw new IllegalArgumentException("no such file");
                }))
                .hasMessage("no such file");
    }

    private static Dataset<Row> payments() {
        return spark.range(0, 1000, 1, 4).selectExpr("id % 10 AS customer", "id AS amount");
    }
}
