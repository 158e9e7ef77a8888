package workbook.kit.delta;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import workbook.kit.spark.CollectedBatch;

/** Rows of a table on one line. */
public final class RowTexts {

    private RowTexts() {}

    /** Returns rows as {@link CollectedBatch#text}, in alphabetical order, separated by commas. */
    public static String of(List<Row> rows) {
        return rows.stream().map(CollectedBatch::text).sorted().collect(Collectors.joining(", "));
    }
}
