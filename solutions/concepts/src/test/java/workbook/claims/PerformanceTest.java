package workbook.claims;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.kit.spark.Bill;
import workbook.kit.spark.StageBill;

/** Proves statements of QA.md about the bills of queries, with Spark. */
class PerformanceTest extends AsksSpark {

    private static final List<String> SETTINGS = List.of(
            "spark.sql.adaptive.enabled", "spark.sql.autoBroadcastJoinThreshold", "spark.sql.shuffle.partitions");

    private List<String> before;

    @BeforeEach
    void planWithoutAdaptiveExecution() {
        before = SETTINGS.stream().map(spark.conf()::get).toList();
        spark.conf().set("spark.sql.adaptive.enabled", false);
        spark.conf().set("spark.sql.autoBroadcastJoinThreshold", -1);
        spark.conf().set("spark.sql.shuffle.partitions", 4);
    }

    @AfterEach
    void restore() {
        for (int i = 0; i < SETTINGS.size(); i++) {
            spark.conf().set(SETTINGS.get(i), before.get(i));
        }
    }

    @Test
    void coalescePullsTheWorkBeforeItIntoItsTask() throws Exception {
        Dataset<Row> work = spark.range(0, 1000, 1, 8).selectExpr("id * 2 AS twice");

        assertThat("coalesce(1): " + tasks(work.coalesce(1))).isEqualTo("coalesce(1): [1]");
        assertThat("repartition(1): " + tasks(work.repartition(1))).isEqualTo("repartition(1): [8, 1]");
    }

    @Test
    void eachTaskWritesAFileForEachValue(@TempDir Path folder) throws IOException {
        Dataset<Row> rows = spark.range(0, 1000, 1, 4).selectExpr("id", "int(id % 10) AS day");
        rows.write().partitionBy("day").parquet(folder.resolve("as-is").toString());
        rows.repartition(col("day"))
                .write()
                .partitionBy("day")
                .parquet(folder.resolve("by-day").toString());

        assertThat("four tasks, ten days: " + files(folder.resolve("as-is"))).isEqualTo("four tasks, ten days: 40");
        assertThat("repartitioned by day: " + files(folder.resolve("by-day"))).isEqualTo("repartitioned by day: 10");
    }

    @Test
    void nullsAreOneKeyOfAnOuterJoinAndNoneOfAnInnerJoin() throws Exception {
        Dataset<Row> payments =
                spark.range(0, 1000, 1, 4).selectExpr("id", "if(id % 10 < 8, null, int(id % 100)) AS customer");
        Dataset<Row> customers = spark.range(100).selectExpr("int(id) AS customer", "id AS limit");

        Bill outer = Bill.of(
                spark,
                () -> payments.join(customers, payments.col("customer").equalTo(customers.col("customer")), "left")
                        .collectAsList());
        Bill inner = Bill.of(spark, () -> payments.join(customers, "customer").collectAsList());

        assertThat("left join, shuffled: " + outer.shuffledRows()).isEqualTo("left join, shuffled: 1100");
        assertThat(largestTask(outer)).as("all nulls in one task").isGreaterThanOrEqualTo(800);
        assertThat("inner join, shuffled: " + inner.shuffledRows()).isEqualTo("inner join, shuffled: 300");
    }

    private List<Integer> tasks(Dataset<Row> query) throws Exception {
        return Bill.of(spark, query::collectAsList).stages().stream()
                .map(stage -> stage.tasks().size())
                .toList();
    }

    private static long largestTask(Bill bill) {
        return bill.stages().stream()
                .max(Comparator.comparing(StageBill::fetchedRows))
                .orElseThrow()
                .largestTask();
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }
}
