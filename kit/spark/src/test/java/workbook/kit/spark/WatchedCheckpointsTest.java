package workbook.kit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import workbook.kit.Scratch;

class WatchedCheckpointsTest {

    @AfterEach
    void unwatch() {
        WatchedCheckpoints.watch(moment -> {});
    }

    @Test
    void theFilesOfABatchAreReportedBeforeAndAfterTheyAppear() throws Exception {
        CheckpointFolder checkpoint = CheckpointFolder.create();
        String table = Scratch.folder("table-").toString();
        List<String> moments = new CopyOnWriteArrayList<>();
        WatchedCheckpoints.watch(moments::add);

        try (SparkSession spark = LocalSpark.named("watched")
                .set(WatchedCheckpoints.SETTING, WatchedCheckpoints.class.getName())
                .start()) {
            Inbox.create().deliver("id", "1").stream(spark, "id INT")
                    .writeStream()
                    .option("checkpointLocation", checkpoint.toString())
                    .trigger(Trigger.AvailableNow())
                    .start(table)
                    .awaitTermination();
        }

        assertThat(moments)
                .containsSubsequence(
                        "before " + checkpoint + "/offsets/0",
                        "after " + checkpoint + "/offsets/0",
                        "before " + table + "/_spark_metadata/0",
                        "after " + table + "/_spark_metadata/0",
                        "before " + checkpoint + "/commits/0",
                        "after " + checkpoint + "/commits/0");
    }
}
