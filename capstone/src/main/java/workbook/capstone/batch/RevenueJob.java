package workbook.capstone.batch;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums the revenue of each terminal in each hour. */
@FunctionalInterface
interface RevenueJob {

    /**
     * Returns {@code hour} timestamp, UTC, {@code terminal} int, {@code revenue} decimal: a row for each hour and terminal
     * with payments. Every payment counts.
     *
     * @param payments with the columns of {@link workbook.kit.Payment#SCHEMA}, and any others
     */
    Dataset<Row> revenue(Dataset<Row> payments);
}
