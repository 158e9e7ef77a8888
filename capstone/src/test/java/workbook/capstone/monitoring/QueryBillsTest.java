package workbook.capstone.monitoring;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import workbook.kit.spark.CheckpointFolder;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** The bills of two real queries. */
class QueryBillsTest {

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.named("bills")
                .set("spark.sql.adaptive.enabled", "false")
                .start();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void eachQueryHasTheBillOfItsBatchBeforeTheLast() throws Exception {
        QueryBills bills = QueryBills.on(spark);
        Inbox inbox = Inbox.create();
        StreamingQuery counts = start(inbox, "value");
        StreamingQuery one = start(inbox, "'all'");
        for (String line : List.of("a", "b")) {
            inbox.deliver(List.of(line, line, "c"));
            counts.processAllAvailable();
            one.processAllAvailable();
        }
        counts.stop();
        one.stop();
        spark.range(10).repartition(3).count(); // no query's
        spark.sparkContext().listenerBus().waitUntilEmpty(10_000);

        Map<UUID, Snapshot.Bill> all = bills.bills();
        assertThat(all).containsOnlyKeys(counts.id(), one.id());
        assertThat(all.get(counts.id())).isEqualTo(new Snapshot.Bill(2, 3, 3 + 2, 0, List.of()));
        assertThat(all.get(one.id())).isEqualTo(new Snapshot.Bill(2, 3, 3 + 1, 0, List.of()));
    }

    private static StreamingQuery start(Inbox inbox, String key) throws Exception {
        VoidFunction2<Dataset<Row>, Long> count =
                (batch, number) -> batch.groupBy(expr(key)).count().collectAsList();
        return spark.readStream()
                .text(inbox.path())
                .writeStream()
                .option("checkpointLocation", CheckpointFolder.create().toString())
                .foreachBatch(count)
                .start();
    }
}
