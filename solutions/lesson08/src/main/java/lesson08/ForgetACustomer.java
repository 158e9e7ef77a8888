package lesson08;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * DELETE removes the rows from the latest version, and with deletion vectors leaves them in their files. REORG writes files
 * again in which rows are marked, also those that were marked long ago. After both, every file with a row of the customer is
 * one that the latest version does not need: a file of an older version, of the change data feed, or of no version. VACUUM
 * deletes all of these. It normally spares the files of seven days, for readers of older versions; its check that refuses
 * less is switched off in a session of its own.
 */
public class ForgetACustomer {

    public void forget(SparkSession spark, String lake, int customer) throws IOException {
        SparkSession own = withoutCheck(spark);
        for (Path folder : tables(Path.of(lake))) {
            String table = "delta.`" + folder + "`";
            if (hasCustomers(own, table)) {
                forgetIn(own, table, customer);
            }
        }
    }

    SparkSession withoutCheck(SparkSession spark) {
        SparkSession own = spark.newSession();
        own.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", false);
        return own;
    }

    List<Path> tables(Path lake) throws IOException {
        try (Stream<Path> folders = Files.walk(lake)) {
            return folders.filter(folder -> folder.endsWith("_delta_log"))
                    .map(Path::getParent)
                    .toList();
        }
    }

    boolean hasCustomers(SparkSession spark, String table) {
        return List.of(spark.table(table).columns()).contains("customer");
    }

    void forgetIn(SparkSession spark, String table, int customer) {
        spark.sql("DELETE FROM " + table + " WHERE customer = " + customer);
        spark.sql("REORG TABLE " + table + " APPLY (PURGE)");
        spark.sql("VACUUM " + table + " RETAIN 0 HOURS");
    }
}
