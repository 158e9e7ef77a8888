package workbook.kit.delta;

import static scala.jdk.javaapi.CollectionConverters.asJava;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.execution.FileSourceScanExec;

/** How many data files a query on tables reads. */
public final class ScannedFiles {

    private ScannedFiles() {}

    /** Runs a query without a shuffle, and returns the number of files that its scans have opened. */
    public static long of(Dataset<?> query) {
        query.collectAsList();
        return asJava(query.queryExecution().executedPlan().collectLeaves()).stream()
                .filter(FileSourceScanExec.class::isInstance)
                .mapToLong(scan -> (Long) scan.metrics().apply("numFiles").value())
                .sum();
    }
}
