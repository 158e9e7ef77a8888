package workbook.kit.delta;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.SnapshotBuilder;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * One version of a Delta table, read through Delta Kernel: without a Spark job, in milliseconds.
 *
 * <pre>{@code
 * KernelTable.latest(folder).rows()
 * KernelTable.version(folder, 0).files().size()
 * }</pre>
 */
public final class KernelTable {

    private static final Engine ENGINE = DefaultEngine.create(hadoop());

    private final Snapshot snapshot;

    private KernelTable(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Delta Kernel's engine, which reads files through Hadoop. */
    public static Engine engine() {
        return ENGINE;
    }

    /** Whether this folder is a Delta table. */
    public static boolean exists(Path folder) {
        try {
            latest(folder);
            return true;
        } catch (TableNotFoundException e) {
            return false;
        }
    }

    /**
     * Returns the latest version.
     *
     * @throws TableNotFoundException if the folder is not a Delta table
     */
    public static KernelTable latest(Path folder) {
        return of(TableManager.loadSnapshot(folder.toString()));
    }

    /**
     * Returns a version, 0 for the first.
     *
     * @throws RuntimeException if there is no such version
     */
    public static KernelTable version(Path folder, long version) {
        return of(TableManager.loadSnapshot(folder.toString()).atVersion(version));
    }

    private static KernelTable of(SnapshotBuilder snapshot) {
        return new KernelTable(snapshot.build(ENGINE));
    }

    /** The number of this version, from 0. */
    public long version() {
        return snapshot.getVersion();
    }

    /** The columns. */
    public StructType schema() {
        return (StructType) DataType.fromJson(snapshot.getSchema().toJson());
    }

    /** The columns by which the table is partitioned. */
    public List<String> partitionColumns() {
        return snapshot.getPartitionColumnNames();
    }

    /** The properties, such as {@code delta.enableChangeDataFeed}. */
    public Map<String, String> properties() {
        return snapshot.getTableProperties();
    }

    /** The data files of this version, whether or not they are still on disk, in no particular order. */
    public List<Path> files() {
        return scanFiles(scan()).stream().map(KernelTable::path).toList();
    }

    /** The data files that a reader with this filter opens: those that can have a row for which it holds. */
    public List<Path> files(Predicate filter) {
        return scanFiles(snapshot.getScanBuilder().withFilter(filter).build()).stream()
                .map(KernelTable::path)
                .toList();
    }

    /**
     * The rows, in no particular order, with the types of Spark's Java API: a timestamp is an {@link java.time.Instant}, a
     * date a {@link java.time.LocalDate}.
     *
     * @throws UnsupportedOperationException if a column is a struct, an array or a map
     */
    public List<org.apache.spark.sql.Row> rows() {
        return rowsByFile().values().stream().flatMap(List::stream).toList();
    }

    /** As {@link #rows}, by data file. */
    public Map<Path, List<org.apache.spark.sql.Row>> rowsByFile() {
        KernelRows converter = new KernelRows(schema());
        Scan scan = scan();
        Row state = scan.getScanState(ENGINE);
        Map<Path, List<org.apache.spark.sql.Row>> rows = new LinkedHashMap<>();
        for (Row file : scanFiles(scan)) {
            rows.put(path(file), rows(state, file, converter));
        }
        return rows;
    }

    private static List<org.apache.spark.sql.Row> rows(Row state, Row file, KernelRows converter) {
        List<org.apache.spark.sql.Row> rows = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> batches =
                Scan.transformPhysicalData(ENGINE, state, file, data(state, file))) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> batch = batches.next().getRows()) {
                    batch.forEachRemaining(row -> rows.add(converter.toSpark(row)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static Path path(Row file) {
        String path = InternalScanFileUtils.getAddFileStatus(file).getPath();
        return Path.of(new org.apache.hadoop.fs.Path(path).toUri());
    }

    private Scan scan() {
        return snapshot.getScanBuilder().build();
    }

    private static List<Row> scanFiles(Scan scan) {
        List<Row> files = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(ENGINE)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    rows.forEachRemaining(files::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static CloseableIterator<ColumnarBatch> data(Row state, Row file) throws IOException {
        return ENGINE.getParquetHandler()
                .readParquetFiles(
                        Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                        ScanStateRow.getPhysicalDataReadSchema(state),
                        Optional.empty())
                .map(FileReadResult::getData);
    }

    /** Hadoop caches one file system for local files in a JVM; this is the one of {@code LocalSpark}. */
    private static Configuration hadoop() {
        Configuration hadoop = new Configuration(false);
        hadoop.set("fs.file.impl", "com.globalmentor.apache.hadoop.fs.BareLocalFileSystem");
        return hadoop;
    }
}
