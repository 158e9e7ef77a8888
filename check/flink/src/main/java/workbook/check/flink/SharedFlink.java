package workbook.check.flink;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import workbook.check.script.SneakyThrow;

/**
 * The cluster in this JVM that all scripts share, because its start takes seconds. A job brings the places of its classes
 * along, so the cluster depends on no class loader and runs until the JVM ends.
 */
final class SharedFlink {

    private static final int SLOTS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static MiniCluster cluster;

    private SharedFlink() {}

    static synchronized MiniCluster cluster() {
        if (cluster == null || !cluster.isRunning()) {
            try {
                MiniCluster starting = new MiniCluster(new MiniClusterConfiguration.Builder()
                        .setConfiguration(clusterSettings())
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(SLOTS)
                        .build());
                starting.start();
                cluster = starting;
            } catch (Exception e) {
                throw SneakyThrow.of(e);
            }
        }
        return cluster;
    }

    private static Configuration clusterSettings() {
        Configuration settings = new Configuration();
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(RestOptions.ADDRESS, "localhost");
        settings.set(RestOptions.BIND_ADDRESS, "localhost");
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(8));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(8));
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(8));
        // On a busy machine a call may take long; the script limits the time of a batch.
        settings.set(RpcOptions.ASK_TIMEOUT_DURATION, PATIENCE);
        settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, PATIENCE);
        // An answer that hangs would end this JVM.
        settings.set(TaskManagerOptions.TASK_CANCELLATION_TIMEOUT, Duration.ZERO);
        settings.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        return settings;
    }

    /** The settings of a job: one task of each operator, and none is started again. */
    static Configuration jobSettings() {
        Configuration settings = new Configuration();
        settings.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "jobmanager");
        return settings;
    }

    /** Where the classes of the answer are: the places of this thread's context class loader and of its parents. */
    static List<URL> placesOfClasses() {
        return Stream.iterate(
                        Thread.currentThread().getContextClassLoader(),
                        loader -> loader != null,
                        ClassLoader::getParent)
                .takeWhile(URLClassLoader.class::isInstance)
                .flatMap(loader -> Stream.of(((URLClassLoader) loader).getURLs()))
                .toList();
    }
}
