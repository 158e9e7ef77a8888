package workbook.check.delta;

import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import workbook.check.engine.Engine;
import workbook.check.spark.SharedSpark;
import workbook.kit.Scratch;
import workbook.kit.delta.KernelTable;

/**
 * Delta tables on the shared Spark session. The first table of a JVM takes seconds, and the first MERGE as well: a worker
 * makes both before the first check. The JIT compiler makes them three times as fast within the next hundred commits.
 */
public final class DeltaEngine implements Engine {

    private static final int TIMES = 2;
    private static final int IDLE_WARM_UPS = 20;

    @Override
    public String packageName() {
        return DeltaEngine.class.getPackageName();
    }

    @Override
    public void start() {
        SharedSpark.session();
    }

    @Override
    public void warmUp() {
        for (int i = 0; i < TIMES; i++) {
            merge(Scratch.folder("warm-up-").resolve("table"));
        }
    }

    @Override
    public int idleWarmUps() {
        return IDLE_WARM_UPS;
    }

    private static void merge(Path table) {
        SparkSession spark = SharedSpark.session();
        spark.range(2).write().format("delta").save(table.toString());
        DeltaTable.forPath(spark, table.toString())
                .as("t")
                .merge(spark.range(1, 3).toDF().as("s"), "t.id = s.id")
                .whenMatched()
                .updateAll()
                .whenNotMatched()
                .insertAll()
                .execute();
        KernelTable.latest(table).rows();
    }

    /** Forgets the tables: Delta caches their logs, which refer to the session. */
    @Override
    public void stop() {
        DeltaLog.clearCache();
    }
}
