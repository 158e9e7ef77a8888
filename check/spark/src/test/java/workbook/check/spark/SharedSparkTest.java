package workbook.check.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import workbook.kit.spark.LocalSpark;

/** Checkpoints run on different threads, and diagnoses stop Spark in between. */
class SharedSparkTest {

    private static final StructType TIMES = StructType.fromDDL("time TIMESTAMP");

    @Test
    void aThreadUsesTheRunningSessionNotItsParents() throws Exception {
        SharedSpark.session();
        SharedSpark.stop();
        SparkSession running = inAThread(SharedSpark::session);
        assertThat(inAThread(() -> {
                    SharedSpark.session();
                    return SparkSession.active();
                }))
                .isSameAs(running);
        assertThat(inAThread(() -> SharedSpark.session()
                        .createDataset(List.of(RowFactory.create(Instant.EPOCH)), Encoders.row(TIMES))
                        .count()))
                .isOne();
    }

    @Test
    void scriptsUseASessionThatAnAnswerHasStarted() throws Exception {
        SharedSpark.session().stop();
        try (SparkSession own = LocalSpark.start("an answer's own")) {
            assertThat(SharedSpark.session().sparkContext()).isSameAs(own.sparkContext());
        }
        assertThat(SharedSpark.session().range(3).count()).isEqualTo(3);
    }

    /** Hadoop reloads its defaults when it loads a component, such as a file system. */
    @Test
    void hadoopsDefaultsAreRemovedAgain() {
        Configuration hadoop = SharedSpark.session().sparkContext().hadoopConfiguration();
        hadoop.reloadConfiguration();
        assertThat(hadoop.get("fs.df.interval")).isNotNull();
        SharedSpark.session();
        assertThat(hadoop.get("fs.df.interval")).isNull();
        assertThat(hadoop.get("fs.file.impl")).endsWith("BareLocalFileSystem");
    }

    private static <T> T inAThread(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task).start();
        return task.get();
    }
}
