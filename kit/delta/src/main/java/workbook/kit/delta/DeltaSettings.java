package workbook.kit.delta;

import java.util.Map;
import workbook.kit.spark.SessionSettings;

/**
 * Delta Lake's SQL and catalog, set for small tables on a local disk: commits of this JVM are written through the file system
 * of {@code LocalSpark}, a log is read by one task instead of fifty, VACUUM lists folders in one task instead of 10,000, and
 * no checksum file is written for a version.
 */
public final class DeltaSettings implements SessionSettings {

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
                "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
                "spark.delta.logStore.file.impl", "io.delta.storage.LocalLogStore",
                "spark.databricks.delta.snapshotPartitions", "1",
                "spark.databricks.delta.writeChecksumFile.enabled", "false",
                "spark.sql.sources.parallelPartitionDiscovery.parallelism", "1");
    }
}
