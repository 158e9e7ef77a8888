package workbook.kit.delta;

import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import workbook.kit.spark.CollectedBatch;

/** Rows of a table on one line. */
public final class RowTexts {

    private RowTexts() {}

    /** Runs a query and returns its rows as {@link CollectedBatch#text}, in alphabetical order, separated by commas. */
    public static String of(Dataset<?> rows) {
        return rows.collectAsList().stream().map(CollectedBatch::text).sorted().collect(Collectors.joining(", "));
    }
}
