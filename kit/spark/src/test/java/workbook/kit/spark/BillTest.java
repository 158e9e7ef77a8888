package workbook.kit.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BillTest {

    private static final CountDownLatch STARTED = new CountDownLatch(1);
    private static final CountDownLatch MAY_END = new CountDownLatch(1);

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
        assertThat(last.largestTask()).isGreaterThan(900);
    }

    @Test
    void aCachedDatasetIsReadAsInput() throws Exception {
        Dataset<Row> cached = payments().cache();
        cached.count();

        assertThat(Bill.of(spark, cached::collectAsList).inputRows()).isPositive();

        cached.unpersist(true);
    }

    @Test
    void rowsThatAreCollectedAreBytesOfResults() throws Exception {
        Dataset<Row> texts = spark.range(0, 10_000, 1, 4).selectExpr("uuid() AS text");

        assertThat(Bill.of(spark, texts::collectAsList).resultBytes()).isGreaterThan(200_000);
        assertThat(Bill.of(spark, () -> texts.groupBy("text").count().count()).resultBytes())
                .isLessThan(50_000);
    }

    @Test
    void earlierJobsAreNotCounted() throws Exception {
        payments().count();

        assertThat(Bill.of(spark, () -> {})).isEqualTo(new Bill(0, List.of()));
    }

    /** The task of the job is running when the work begins, and ends during it. */
    @Test
    void aJobThatBeganBeforeIsNotCounted() throws Exception {
        CompletableFuture<List<Long>> job = CompletableFuture.supplyAsync(() -> spark.range(1)
                .mapPartitions(
                        (MapPartitionsFunction<Long, Long>) rows -> {
                            STARTED.countDown();
                            assertThat(MAY_END.await(10, TimeUnit.SECONDS)).isTrue();
                            return rows;
                        },
                        Encoders.LONG())
                .collectAsList());
        assertThat(STARTED.await(10, TimeUnit.SECONDS)).isTrue();

        Bill bill = Bill.of(spark, () -> {
            MAY_END.countDown();
            job.get();
        });

        assertThat(bill).isEqualTo(new Bill(0, List.of()));
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
