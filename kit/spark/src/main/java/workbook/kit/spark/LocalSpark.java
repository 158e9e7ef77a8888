package workbook.kit.spark;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.state.StateStore;
import workbook.kit.Scratch;

/**
 * Spark on a laptop: a session in this JVM, tuned to start fast and to answer small streams quickly.
 *
 * <pre>{@code
 * try (SparkSession spark = LocalSpark.start("FirstStream")) { ... }
 *
 * SparkSession spark = LocalSpark.named("lag").threads(4).ui(true).start();
 * }</pre>
 *
 * <p>What it sets, and why:
 * <ul>
 * <li>2 threads and as many shuffle partitions: Spark's default of 200 partitions is 200 state stores for every
 *     stateful query, which a laptop feels in each batch;
 * <li>time zone UTC, and {@link java.time.Instant} for timestamps;
 * <li>the RocksDB state store with changelog checkpointing: without it, each small batch syncs and zips a snapshot;
 * <li>one class loader for all: every streaming query has a session of its own, and with session isolation a class loader
 *     of its own, for which Spark compiles all generated code once more;
 * <li>a local file system that forks no shell to set permissions, and checkpoint files written through it;
 * <li>no web page ({@code ui(true)} opens it, for this machine only), quiet logs ({@code WORKBOOK_LOG=info} to hear more);
 * <li>warehouse and scratch files in a folder that goes when the JVM ends, after the state stores in it are closed.
 * </ul>
 */
public final class LocalSpark {

    static {
        // Spark leaves its stores open, and RocksDB's threads can crash a JVM that exits under them:
        // https://github.com/facebook/rocksdb/pull/14850
        Scratch.beforeDeletion(LocalSpark::closeStores);
    }

    private final String name;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private int threads = 2;
    private boolean ui;

    private LocalSpark(String name) {
        this.name = name;
    }

    /** A session with the defaults above. */
    public static SparkSession start(String name) {
        return named(name).start();
    }

    /** A session to be adjusted before it starts. */
    public static LocalSpark named(String name) {
        return new LocalSpark(name);
    }

    /** How many tasks run at the same time; a real-time query needs one for each of its partitions. Default 2. */
    public LocalSpark threads(int threads) {
        this.threads = threads;
        return this;
    }

    /** Whether Spark serves its web page, to this machine only. Default no. */
    public LocalSpark ui(boolean ui) {
        this.ui = ui;
        return this;
    }

    /** Any setting of Spark's own; it wins over the defaults of this class. */
    public LocalSpark set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /**
     * Starts the session, or returns the one that runs already in this JVM: Spark allows one context a JVM, and then
     * only the SQL settings take effect.
     */
    public SparkSession start() {
        return session(conf());
    }

    /** The same on a context that somebody else makes of the settings. */
    public SparkSession start(Function<SparkConf, SparkContext> context) {
        SparkConf conf = conf();
        context.apply(conf);
        return session(conf);
    }

    private static SparkSession session(SparkConf conf) {
        return SparkSession.builder().config(conf).getOrCreate();
    }

    private SparkConf conf() {
        SparkConf conf = new SparkConf().setAppName(name).setMaster("local[" + threads + "]");
        defaults(Scratch.folder("spark-")).forEach(conf::set);
        settings.forEach(conf::set);
        return conf;
    }

    private static void closeStores() {
        SparkSession.getDefaultSession().foreach(spark -> {
            spark.stop();
            return null;
        });
        StateStore.stop();
    }

    private Map<String, String> defaults(Path scratch) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("spark.driver.host", "127.0.0.1");
        defaults.put("spark.driver.bindAddress", "127.0.0.1");
        defaults.put("spark.ui.enabled", Boolean.toString(ui));
        defaults.put("spark.ui.filters", LoopbackOnly.class.getName());
        defaults.put("spark.ui.showConsoleProgress", "false");
        defaults.put("spark.local.dir", scratch.toString());
        defaults.put("spark.hadoop.fs.file.impl", "com.globalmentor.apache.hadoop.fs.BareLocalFileSystem");
        defaults.put("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString());
        defaults.put("spark.sql.session.timeZone", "UTC");
        defaults.put("spark.sql.datetime.java8API.enabled", "true");
        defaults.put("spark.sql.shuffle.partitions", "2");
        defaults.put(
                "spark.sql.streaming.stateStore.providerClass",
                "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider");
        defaults.put("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", "true");
        defaults.put("spark.sql.artifact.isolation.enabled", "false");
        defaults.put(
                "spark.sql.streaming.checkpointFileManagerClass",
                "org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager");
        defaults.put("spark.sql.streaming.forceDeleteTempCheckpointLocation", "true");
        return defaults;
    }
}
