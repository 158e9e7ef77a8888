package lesson08;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.check.diagnose.Misconception;
import workbook.kit.delta.KernelTable;

/** Wrong answers that people really give to {@link ForgetACustomer}. */
class ForgetACustomerMisconceptions {

    @Misconception(
            believed = "After DELETE, a query finds no row of the customer, so the customer is forgotten.",
            really = "A query reads the latest version. The files of older versions stay on disk, with the rows.",
            concept = "Removing rows from disk")
    public static class Deletes extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            delete(spark, table, customer);
        }
    }

    @Misconception(
            believed = "VACUUM deletes the files that the table does not need any more.",
            really =
                    "Only those that it has not needed for seven days. The files that this deletion has replaced are from today.",
            concept = "Removing rows from disk")
    public static class VacuumsWithTheDefault extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            delete(spark, table, customer);
            purge(spark, table);
            spark.sql("VACUUM " + table);
        }
    }

    @Misconception(
            believed = "VACUUM … RETAIN 0 HOURS deletes them now.",
            really =
                    "It is refused: a check wants at least the retention of the table, for readers and writers that are"
                            + " still at work. Who knows that there are none switches the check off.",
            concept = "Removing rows from disk")
    public static class IsRefused extends ForgetACustomer {
        @Override
        SparkSession withoutCheck(SparkSession spark) {
            return spark;
        }
    }

    @Misconception(
            believed = "The setting concerns my VACUUM.",
            really =
                    "It concerns every VACUUM of the session from then on. The next job that passes too few hours is not"
                            + " refused any more.",
            concept = "Removing rows from disk")
    public static class LeavesTheCheckOff extends ForgetACustomer {
        @Override
        SparkSession withoutCheck(SparkSession spark) {
            spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", false);
            return spark;
        }
    }

    @Misconception(
            believed = "First clean up, then delete.",
            really = "The deletion itself leaves the files that it replaces. VACUUM has to come after it.",
            concept = "Removing rows from disk")
    public static class VacuumsFirst extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            vacuum(spark, table);
            delete(spark, table, customer);
            purge(spark, table);
        }
    }

    @Misconception(
            believed = "VACUUM deletes every file that has a deleted row.",
            really =
                    "With deletion vectors the file still belongs to the table: it has a list of rows that do not count. VACUUM"
                            + " keeps it. REORG TABLE … APPLY (PURGE) writes it again without them.",
            concept = "Removing rows from disk")
    public static class KeepsMarkedRows extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            delete(spark, table, customer);
            vacuum(spark, table);
        }
    }

    @Misconception(
            believed = "A table whose deletion vectors are purged has none.",
            really = "Until the next DELETE, which marks the rows again. Purge after it.",
            concept = "Removing rows from disk")
    public static class PurgesFirst extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            purge(spark, table);
            delete(spark, table, customer);
            vacuum(spark, table);
        }
    }

    @Misconception(
            believed = "A table without a row of the customer has nothing to forget.",
            really =
                    "Its latest version has none. Rows that were deleted or overwritten earlier are in its older files, and"
                            + " in files with deletion vectors.",
            concept = "Removing rows from disk")
    public static class LooksAtTheLatestVersion extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            if (spark.table(table).where("customer = " + customer).count() > 0) {
                super.forgetIn(spark, table, customer);
            }
        }
    }

    @Misconception(
            believed = "The tables are the folders in the lake.",
            really =
                    "They are the folders with a log, here two and three levels down. What is not found is not deleted, and"
                            + " nothing fails.",
            concept = "Lakehouse")
    public static class LooksOneLevelDeep extends ForgetACustomer {
        @Override
        List<Path> tables(Path lake) throws IOException {
            return super.tables(lake).stream()
                    .filter(table -> table.getParent().equals(lake))
                    .toList();
        }
    }

    @Misconception(
            believed = "Bronze has what came in, and is never changed. It is enough to delete from what people read.",
            really = "The rows are in the files of bronze, and whoever builds silver again from it has them back.",
            concept = "Lakehouse")
    public static class SparesBronze extends ForgetACustomer {
        @Override
        List<Path> tables(Path lake) throws IOException {
            return super.tables(lake).stream()
                    .filter(table -> !table.getParent().endsWith("bronze"))
                    .toList();
        }
    }

    @Misconception(
            believed = "Every table of the lake has the customer.",
            really = "Some have none, and there DELETE fails, because the column cannot be resolved.",
            concept = "Schemas")
    public static class ExpectsTheColumn extends ForgetACustomer {
        @Override
        boolean hasCustomers(SparkSession spark, String table) {
            return true;
        }
    }

    @Misconception(
            believed = "VACUUM does no harm, so run it on the whole lake.",
            really =
                    "It ends time travel: older versions of tables that have nothing to do with the customer cannot be read any"
                            + " more.",
            concept = "Table versions")
    public static class VacuumsTheWholeLake extends ForgetACustomer {
        @Override
        public void forget(SparkSession spark, String lake, int customer) throws IOException {
            super.forget(spark, lake, customer);
            for (Path table : tables(Path.of(lake))) {
                vacuum(withoutCheck(spark), "delta.`" + table + "`");
            }
        }
    }

    @Misconception(
            believed = "Without the number of the customer, nobody knows whose rows they are.",
            really =
                    "The rows stay, as payments of nobody. That is another task, and other columns may still tell who it was.",
            concept = "Removing rows from disk")
    public static class SetsTheCustomerToNull extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            spark.sql("UPDATE " + table + " SET customer = null WHERE customer = " + customer);
            purge(spark, table);
            vacuum(spark, table);
        }
    }

    @Misconception(
            believed = "The rows to keep are those whose customer is another one.",
            really =
                    "For a null that is neither true nor false, and where() keeps only what is true: payments without a customer are"
                            + " lost.",
            concept = "Nulls")
    public static class LosesNulls extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            overwrite(spark.table(table).where("customer <> " + customer), table);
            vacuum(spark, table);
        }
    }

    @Misconception(
            believed = "To remove rows, write the table without them.",
            really =
                    "That is right and reads and writes the whole table, for one customer. DELETE writes only the files"
                            + " again in which it finds a row.",
            concept = "The transaction log")
    public static class OverwritesTheTable extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            overwrite(spark.table(table).where("NOT customer <=> " + customer), table);
            vacuum(spark, table);
        }
    }

    @Misconception(
            believed = "OPTIMIZE writes files again, without the rows that are marked as deleted.",
            really =
                    "It joins small files of a partition, also those without such a row, and leaves a file that has nothing to be joined"
                            + " with, marked rows or not. REORG TABLE … APPLY (PURGE) writes exactly the files with marked rows.",
            concept = "Removing rows from disk")
    public static class Optimizes extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            delete(spark, table, customer);
            spark.sql("OPTIMIZE " + table);
            vacuum(spark, table);
        }
    }

    @Misconception(
            believed = "A new table in the same folder is the same table.",
            really =
                    "It has another id. A stream that has read the old one stops, and a new checkpoint begins with all its rows"
                            + " again.",
            concept = "Table versions")
    public static class MakesTheTableAnew extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            Dataset<Row> others = spark.table(table).where("NOT customer <=> " + customer);
            Dataset<Row> kept = spark.createDataFrame(others.collectAsList(), others.schema());
            deleteFiles(folder(table), file -> true);
            overwrite(kept, table);
        }
    }

    @Misconception(
            believed = "Take the rows out and put the others in again.",
            really =
                    "Those are two commits. Between them readers find a table without rows, and a stream gets the second one as new"
                            + " rows.",
            concept = "Table versions")
    public static class InsertsTheOthersAgain extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            Dataset<Row> others = spark.table(table).where("NOT customer <=> " + customer);
            Dataset<Row> kept = spark.createDataFrame(others.collectAsList(), others.schema());
            spark.sql("DELETE FROM " + table);
            kept.write().format("delta").mode("append").save(folder(table).toString());
            vacuum(spark, table);
        }
    }

    @Misconception(
            believed = "Delete the files that have a row of the customer, and it is gone.",
            really = "The log still names them, and every reader of the table fails, also for the rows of others.",
            concept = "Table versions")
    public static class DeletesDataFiles extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            List<String> files = new ArrayList<>();
            spark.table(table)
                    .where("customer = " + customer)
                    .selectExpr("_metadata.file_name")
                    .distinct()
                    .collectAsList()
                    .forEach(file -> files.add(file.getString(0)));
            deleteFiles(folder(table), file -> files.contains(file.getFileName().toString()));
        }
    }

    @Misconception(
            believed = "Data files are in the folder of the table. Delete those that the latest version does not need.",
            really =
                    "Those of the change feed are in a subfolder, _change_data, and have the rows that this deletion removes. VACUUM"
                            + " looks into the subfolders, too.",
            concept = "Removing rows from disk")
    public static class LooksIntoTheFolderOnly extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            delete(spark, table, customer);
            purge(spark, table);
            Path folder = folder(table);
            List<Path> latest = KernelTable.latest(folder).files();
            deleteFiles(folder, file -> file.getParent().equals(folder) && !latest.contains(file));
        }
    }

    @Misconception(
            believed = "VACUUM … LITE does the same without listing the folder.",
            really =
                    "It deletes what the log says was removed. A file of a write that was never committed is in no log, and stays.",
            concept = "Removing rows from disk")
    public static class VacuumsLite extends ForgetACustomer {
        @Override
        void forgetIn(SparkSession spark, String table, int customer) {
            delete(spark, table, customer);
            purge(spark, table);
            spark.sql("VACUUM " + table + " LITE RETAIN 0 HOURS");
        }
    }

    private interface Choice {
        boolean is(Path file);
    }

    private static void delete(SparkSession spark, String table, int customer) {
        spark.sql("DELETE FROM " + table + " WHERE customer = " + customer);
    }

    private static void purge(SparkSession spark, String table) {
        spark.sql("REORG TABLE " + table + " APPLY (PURGE)");
    }

    private static void vacuum(SparkSession spark, String table) {
        spark.sql("VACUUM " + table + " RETAIN 0 HOURS");
    }

    private static void overwrite(Dataset<Row> rows, String table) {
        rows.write().format("delta").mode("overwrite").save(folder(table).toString());
    }

    private static Path folder(String table) {
        return Path.of(table.substring("delta.`".length(), table.length() - 1));
    }

    private static void deleteFiles(Path folder, Choice choice) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(Files::isRegularFile).filter(choice::is).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
