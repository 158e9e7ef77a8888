package workbook.kit.spark;

import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager;

/**
 * Writes the files of checkpoints and of the file sink's list, and reports each of them right before and right after it
 * appears under its name: {@code before /…/commits/1}, {@code after /…/commits/1}. The thread that writes calls the watcher,
 * so a watcher that does not return keeps the query at this moment.
 *
 * <pre>{@code
 * LocalSpark.named("…").set(WatchedCheckpoints.SETTING, WatchedCheckpoints.class.getName())
 * }</pre>
 */
public final class WatchedCheckpoints extends FileSystemBasedCheckpointFileManager {

    /** Spark's setting for the class that writes these files. */
    public static final String SETTING = "spark.sql.streaming.checkpointFileManagerClass";

    private static volatile Consumer<String> watcher = moment -> {};

    /** Spark calls this. */
    public WatchedCheckpoints(Path path, Configuration conf) {
        super(path, conf);
    }

    /** Sets who is told of the files of all sessions of this JVM that use this class. */
    public static void watch(Consumer<String> watcher) {
        WatchedCheckpoints.watcher = watcher;
    }

    @Override
    public void renameTempFile(Path draft, Path file, boolean overwrite) {
        watcher.accept("before " + file.toUri().getPath());
        super.renameTempFile(draft, file, overwrite);
        watcher.accept("after " + file.toUri().getPath());
    }
}
