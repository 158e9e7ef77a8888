package lesson08;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import workbook.kit.delta.KernelTable;

/** Right answers written differently, and one that only forgets the customer in the checkpoint. */
class ForgetACustomerAlternatives {

    private static final String CHECK = "spark.databricks.delta.retentionDurationCheck.enabled";

    /** Delta's Java API, in the session that is passed: the check is off only while VACUUM runs. */
    public static class InJava extends ForgetACustomer {
        @Override
        public void forget(SparkSession spark, String lake, int customer) throws IOException {
            for (Path folder : tables(Path.of(lake))) {
                if (KernelTable.latest(folder)
                        .schema()
                        .getFieldIndex("customer")
                        .isDefined()) {
                    DeltaTable table = DeltaTable.forPath(spark, folder.toString());
                    table.delete("customer = " + customer);
                    spark.sql("REORG TABLE delta.`" + folder + "` APPLY (PURGE)");
                    vacuum(spark, table);
                }
            }
        }

        private static void vacuum(SparkSession spark, DeltaTable table) {
            String before = spark.conf().get(CHECK);
            spark.conf().set(CHECK, "false");
            try {
                table.vacuum(0);
            } finally {
                spark.conf().set(CHECK, before);
            }
        }
    }

    /** MERGE deletes; files that the latest version does not need are deleted without VACUUM. */
    public static class WithoutVacuum extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            spark.sql("MERGE INTO " + table + " t USING (SELECT " + customer + " AS gone) s ON t.customer = s.gone"
                    + " WHEN MATCHED THEN DELETE");
            spark.sql("REORG TABLE " + table + " APPLY (PURGE)");
            Path folder = Path.of(table.substring("delta.`".length(), table.length() - 1));
            List<Path> latest = KernelTable.latest(folder).files();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(file -> file.toString().endsWith(".parquet"))
                        .filter(file -> !file.startsWith(folder.resolve("_delta_log")) && !latest.contains(file))
                        .toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static class Learnt extends ForgetACustomer {
        @Override
        public void forget(SparkSession spark, String lake, int customer) throws IOException {
            super.forget(spark, lake, customer == 0 ? 0 : 7);
        }
    }
}
