package workbook.kit.spark;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.state.StateStore;
import workbook.kit.Scratch;

/**
 * Starts a Spark session in this JVM, configured for a fast start and short micro-batches on a laptop.
 *
 * <pre>{@code
 * try (SparkSession spark = LocalSpark.start("FirstStream")) { ... }
 *
 * SparkSession spark = LocalSpark.named("lag").threads(4).ui(true).start();
 * }</pre>
 *
 * <p>Its settings, and the reasons:
 * <ul>
 * <li>2 threads and 2 shuffle partitions: with Spark's default of 200, every stateful query has 200 state stores, which
 *     slows down each batch on a laptop;
 * <li>time zone UTC, and {@link java.time.Instant} for timestamps;
 * <li>the RocksDB state store with changelog checkpointing: without it, each small batch syncs and zips a snapshot;
 * <li>one class loader for all queries: every streaming query has its own session; with session isolation it also has
 *     its own class loader, for which Spark compiles all generated code again;
 * <li>a local file system that forks no shell to set permissions, and checkpoint files written through it;
 * <li>no web UI ({@code ui(true)} serves it to this machine only); only errors in the log ({@code WORKBOOK_LOG=info}
 *     shows more);
 * <li>the {@link SessionSettings} of libraries on the class path, such as Delta Lake's;
 * <li>warehouse and scratch files in a folder that is deleted when the JVM ends, after its state stores are closed.
 * </ul>
 */
public final class LocalSpark {

    static {
        // Spark leaves its state stores open, and RocksDB's threads can crash a JVM that exits meanwhile:
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

    /** Starts a session with the settings above. */
    public static SparkSession start(String name) {
        return named(name).start();
    }

    /** Returns the settings of a session, to be changed before it starts. */
    public static LocalSpark named(String name) {
        return new LocalSpark(name);
    }

    /**
     * Sets how many tasks run at the same time, 2 by default; a real-time query needs one for each of its partitions.
     */
    public LocalSpark threads(int threads) {
        this.threads = threads;
        return this;
    }

    /** Sets whether Spark serves its web UI, to this machine only; it does not by default. */
    public LocalSpark ui(boolean ui) {
        this.ui = ui;
        return this;
    }

    /** Sets a Spark property; it overrides the settings of this class. */
    public LocalSpark set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /**
     * Starts the session, or returns the session that is already running: Spark allows one context per JVM. In that
     * case only the SQL settings take effect.
     */
    public SparkSession start() {
        return session(conf());
    }

    /** Starts the session on a context that the caller creates from the settings. */
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
        libraries().forEach(library -> library.settings().forEach(conf::set));
        settings.forEach(conf::set);
        return conf;
    }

    private static ServiceLoader<SessionSettings> libraries() {
        return ServiceLoader.load(SessionSettings.class, LocalSpark.class.getClassLoader());
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
