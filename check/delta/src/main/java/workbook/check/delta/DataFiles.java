package workbook.check.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.kit.delta.KernelTable;

/** The Parquet files in a folder of Delta tables, whether or not a table still refers to them. */
public final class DataFiles {

    private DataFiles() {}

    /** The files below this folder, outside of the logs, with a row that has this value in a column of type INT. */
    public static List<Path> with(String column, int value, Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .filter(file -> !file.toString().contains("_delta_log"))
                    .filter(file -> has(file, new StructType().add(column, IntegerType.INTEGER), value))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static boolean has(Path file, StructType column, int value) {
        try (CloseableIterator<FileReadResult> batches = KernelTable.engine()
                .getParquetHandler()
                .readParquetFiles(
                        Utils.singletonCloseableIterator(FileStatus.of(file.toString(), Files.size(file), 0)),
                        column,
                        Optional.empty())) {
            while (batches.hasNext()) {
                ColumnVector values = batches.next().getData().getColumnVector(0);
                if (IntStream.range(0, values.getSize())
                        .anyMatch(row -> !values.isNullAt(row) && values.getInt(row) == value)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
