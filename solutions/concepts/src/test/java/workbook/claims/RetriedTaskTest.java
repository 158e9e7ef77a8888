package workbook.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.ForeachWriter;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Proves statements of QA.md about a task that fails, with a master that tries it again or does not. */
class RetriedTaskTest {

    /** The writer is copied for each try of a task; this list is not. */
    private static final List<Long> WRITTEN = new CopyOnWriteArrayList<>();

    private static final List<String> OPENED = new CopyOnWriteArrayList<>();

    @BeforeEach
    void clear() {
        WRITTEN.clear();
        OPENED.clear();
    }

    @Test
    void aTaskThatIsTriedAgainWritesItsRowsAgain() throws Exception {
        write("local[1,3]");

        assertThat(WRITTEN).containsExactly(1L, 2L, 1L, 2L, 3L);
        assertThat(OPENED).containsExactly("partition 0, epoch 0", "partition 0, epoch 0");
    }

    @Test
    void aLocalMasterTriesATaskOnceByDefault() {
        assertThatThrownBy(() -> write("local[1]")).isInstanceOf(StreamingQueryException.class);

        assertThat(WRITTEN).containsExactly(1L, 2L);
    }

    /** The first try of the task fails at the third of its three rows. */
    private static void write(String master) throws Exception {
        try (SparkSession spark = LocalSpark.named("retries").start(conf -> new SparkContext(conf.setMaster(master)))) {
            Inbox.create().deliver("id", "1, 2, 3").stream(spark, "id BIGINT")
                    .as(Encoders.LONG())
                    .writeStream()
                    .trigger(Trigger.AvailableNow())
                    .foreach(new Writer())
                    .start()
                    .awaitTermination();
        }
    }

    private static final class Writer extends ForeachWriter<Long> {

        @Override
        public boolean open(long partition, long epoch) {
            OPENED.add("partition " + partition + ", epoch " + epoch);
            return true;
        }

        @Override
        public void process(Long id) {
            if (id == 3 && OPENED.size() == 1) {
                throw new IllegalStateException("The first try fails here");
            }
            WRITTEN.add(id);
        }

        @Override
        public void close(Throwable error) {}
    }
}
