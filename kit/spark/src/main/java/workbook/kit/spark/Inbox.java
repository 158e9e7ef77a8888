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
import workbook.kit.SimulatedPayment;

/**
 * A folder that Spark's file source reads as a stream. Each delivered file appears complete or not at all. Modification
 * times are one second apart, because the file source reads files in that order, and files of the same time in any
 * order.
 */
public final class Inbox {

    private final Path folder;
    private int files;

    private Inbox(Path folder) {
        this.folder = folder;
    }

    /** Creates an empty inbox, which is deleted when the JVM ends. */
    public static Inbox create() {
        return new Inbox(Scratch.folder("inbox-"));
    }

    /** Delivers one file with these lines. */
    public Inbox deliver(List<String> lines) {
        try {
            // Spark ignores files whose names begin with a dot.
            Path draft = Files.write(folder.resolve(".draft"), lines);
            Files.setLastModifiedTime(draft, FileTime.fromMillis(1_000L * files));
            Files.move(draft, folder.resolve(String.format("file-%05d", files)), StandardCopyOption.ATOMIC_MOVE);
            files++;
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a file to " + folder, e);
        }
    }

    /** Delivers one file of JSON lines, in the notation of {@link JsonLines#of}. */
    public Inbox deliver(String columns, String rows) {
        return deliver(JsonLines.of(columns, rows));
    }

    /** Delivers one file with these payments, without their labels. */
    public Inbox deliverPayments(List<SimulatedPayment> payments) {
        return deliver(payments.stream().map(one -> one.payment().toJson()).toList());
    }

    /** Reads the files as a stream of JSON lines, one file per batch. */
    public Dataset<Row> stream(SparkSession spark, String schema) {
        return stream(spark, schema, 1);
    }

    /** Reads the files as a stream of JSON lines, so many files per batch. */
    public Dataset<Row> stream(SparkSession spark, String schema, int filesPerBatch) {
        return spark.readStream()
                .schema(schema)
                .option("maxFilesPerTrigger", filesPerBatch)
                .json(path());
    }

    /** The path of the folder, for Spark's readers. */
    public String path() {
        return folder.toString();
    }
}
