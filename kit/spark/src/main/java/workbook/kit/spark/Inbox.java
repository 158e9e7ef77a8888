package workbook.kit.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.kit.JsonLines;
import workbook.kit.Scratch;

/**
 * A folder into which files are delivered, for Spark's file source to read as a stream. A file appears complete or not at
 * all, and each is a second younger than the one before by its own account: the file source reads the oldest first, and
 * files of the same moment in any order.
 */
public final class Inbox {

    private final Path folder;
    private int files;

    private Inbox(Path folder) {
        this.folder = folder;
    }

    /** A new, empty inbox that goes when the JVM ends. */
    public static Inbox create() {
        return new Inbox(Scratch.folder("inbox-"));
    }

    /** Delivers one file of these lines. */
    public Inbox deliver(List<String> lines) {
        try {
            // Names that begin with a dot are invisible to Spark.
            Path draft = Files.write(folder.resolve(".draft"), lines);
            Files.setLastModifiedTime(draft, FileTime.fromMillis(1_000L * files));
            Files.move(draft, folder.resolve(String.format("file-%05d", files)), StandardCopyOption.ATOMIC_MOVE);
            files++;
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("No file could be delivered to " + folder, e);
        }
    }

    /** Delivers one file of JSON lines, written as {@link JsonLines#of} takes them. */
    public Inbox deliver(String columns, String rows) {
        return deliver(JsonLines.of(columns, rows));
    }

    /** The JSON lines of the files as a stream, one file a batch. */
    public Dataset<Row> stream(SparkSession spark, String schema) {
        return spark.readStream().schema(schema).option("maxFilesPerTrigger", 1).json(path());
    }

    /** The folder, as Spark's readers take it. */
    public String path() {
        return folder.toString();
    }
}
