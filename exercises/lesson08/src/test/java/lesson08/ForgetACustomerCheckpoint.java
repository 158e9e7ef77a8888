package lesson08;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static workbook.check.script.Script.row;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.delta.DataFiles;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Scratch;
import workbook.kit.delta.Commit;
import workbook.kit.delta.KernelTable;

/**
 * The input of a script are statements on tables of the lake. They are few, and so are the tables: each statement takes Delta
 * several Spark jobs.
 */
@Checkpoint(ForgetACustomer.class)
class ForgetACustomerCheckpoint {

    private static final String UNCOMMITTED = "a write without a commit, days ago: ";

    /** The customer has a row in one of two files, and one in an older version. The table of terminals has two versions. */
    @Test
    @Order(1)
    void theRowsAreInNoFileAndOtherRowsAndTablesAreAsBefore(ForgetACustomer answer) throws IOException {
        Lake lake = new Lake(answer, 7);
        script().batch(lake.after(
                        "CREATE TABLE silver/shop/payments USING delta TBLPROPERTIES (delta.enableDeletionVectors = false,"
                                + " delta.enableChangeDataFeed = true) AS SELECT 7 AS customer, 0L AS id",
                        "INSERT OVERWRITE silver/shop/payments" + rows("(7, 1), (8, 2), (null, 3)"),
                        "INSERT INTO silver/shop/payments" + rows("(70, 4), (-7, 5)"),
                        UNCOMMITTED + "8 silver/shop/payments",
                        "CREATE TABLE gold/terminals USING delta AS SELECT 7 AS terminal, 7L AS id, 7 AS customers",
                        "INSERT OVERWRITE gold/terminals VALUES (7, 6L, 7)"))
                .emits(
                        row("silver/shop/payments", 8, 2),
                        row("silver/shop/payments", null, 3),
                        row("silver/shop/payments", 70, 4),
                        row("silver/shop/payments", -7, 5),
                        row("gold/terminals", null, 6))
                .expects("files with rows of customer 7", "none", lake::remains)
                .expects("gold/terminals", "2 commits, 2 files", () -> lake.describe("gold/terminals"))
                .expects("the session's check of the retention", "true", lake::checkOfTheRetention)
                .run(lake);
    }

    /** The latest version has no row of the customer. */
    @Test
    @Order(2)
    void rowsThatWereDeletedBeforeAreInNoFile(ForgetACustomer answer) throws IOException {
        Lake lake = new Lake(answer, 7);
        lake.passed.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", false);
        script().batch(lake.after(
                        "CREATE TABLE silver/payments USING delta TBLPROPERTIES (delta.enableDeletionVectors = true,"
                                + " delta.enableChangeDataFeed = true) AS SELECT /*+ COALESCE(1) */ *"
                                + " FROM VALUES (7, 1L), (8, 2L), (7, 3L) AS t(customer, id)",
                        "INSERT INTO silver/payments" + rows("(7, 4), (8, 5)"),
                        "DELETE FROM silver/payments WHERE customer = 7",
                        UNCOMMITTED + "0 silver/payments"))
                .emits(row("silver/payments", 8, 2), row("silver/payments", 8, 5))
                .expects("files with rows of customer 7", "none", lake::remains)
                .expects("the session's check of the retention", "false", lake::checkOfTheRetention)
                .expects(
                        "the table's properties",
                        "delta.enableChangeDataFeed=true, delta.enableDeletionVectors=true",
                        () -> lake.properties("silver/payments"))
                .run(lake);
    }

    /** The customer has rows on day 1 only. On day 2 there are two files, on day 3 there is one. The second batch is later. */
    @Test
    @Order(3)
    void aStreamGoesOnAndFilesWithoutSuchRowsAreNotWrittenAgain(ForgetACustomer answer) throws IOException {
        Lake lake = new StreamedLake(answer, 0, "bronze/payments");
        List<ScriptRow> first = List.of(
                row("bronze/payments", 0, 1),
                row("bronze/payments", 8, 2),
                row("bronze/payments", 8, 3),
                row("bronze/payments", null, 4),
                row("bronze/payments", 8, 5));
        List<ScriptRow> all = new ArrayList<>(first);
        all.add(row("bronze/payments", 8, 6));
        script().batch(lake.after(
                        "CREATE TABLE bronze/payments USING delta PARTITIONED BY (day) TBLPROPERTIES"
                                + " (delta.enableDeletionVectors = true) AS SELECT 0 AS customer, 0L AS id, 1 AS day",
                        "INSERT OVERWRITE bronze/payments" + rows("(0, 1, 1), (8, 2, 1), (8, 3, 2), (null, 4, 3)"),
                        "INSERT INTO bronze/payments VALUES (8, 5L, 2)"))
                .emits(first)
                .batch(row("INSERT INTO bronze/payments VALUES (8, 6L, 1)"))
                .emits(all)
                .expects("files with rows of customer 0", "none", lake::remains)
                .expects("files without such rows that are gone", 0L, lake::othersThatAreGone)
                .run(lake);
    }

    @Test
    @Order(4)
    void aRandomCustomerIsForgottenInRandomRows(ForgetACustomer answer) throws IOException {
        Seed seed = Seed.next();
        Random random = seed.random();
        int customer = 100 + random.nextInt(900);
        List<ScriptRow> first = random(random, customer, 0);
        ScriptRow deleted = first.get(random.nextInt(first.size()));
        List<ScriptRow> second = random(random, customer, 100);
        Lake lake = new Lake(answer, customer);
        script().title(seed.hint())
                .batch(lake.after(
                        "CREATE TABLE silver/_eu/a/b/c/payments USING delta TBLPROPERTIES (delta.enableDeletionVectors = "
                                + random.nextBoolean() + ") AS SELECT * FROM VALUES " + values(first)
                                + " AS t(customer, id)",
                        "DELETE FROM silver/_eu/a/b/c/payments WHERE id = " + deleted.get(2),
                        "INSERT INTO silver/_eu/a/b/c/payments VALUES " + values(second)))
                .emits(Stream.concat(first.stream(), second.stream())
                        .filter(one ->
                                one != deleted && !Integer.valueOf(customer).equals(one.get(1)))
                        .toList())
                .expects("files with rows of customer " + customer, "none", lake::remains)
                .run(lake);
    }

    /** Payments of the customer, of others, and of nobody. */
    private static List<ScriptRow> random(Random random, int customer, long id) {
        List<ScriptRow> rows = new ArrayList<>();
        rows.add(row("silver/_eu/a/b/c/payments", customer, id));
        for (int i = 1; i < 6; i++) {
            Integer[] customers = {customer, random.nextInt(100), 7, null};
            rows.add(row("silver/_eu/a/b/c/payments", customers[random.nextInt(customers.length)], id + i));
        }
        return rows;
    }

    private static String values(List<ScriptRow> rows) {
        return rows.stream()
                .map(one -> "(" + (one.isNullAt(1) ? "CAST(null AS INT)" : one.get(1)) + ", " + one.get(2) + "L)")
                .collect(Collectors.joining(", "));
    }

    /** Values in one file. */
    private static String rows(String values) {
        return " SELECT /*+ COALESCE(1) */ * FROM VALUES " + values;
    }

    private static Script script() {
        return Script.of("statement STRING").columns("table STRING", "customer INT", "id BIGINT");
    }

    /** Executes statements on tables in a folder, then calls the answer; the output are the rows of all tables. */
    private static class Lake implements Job {

        private static final Pattern TABLE = Pattern.compile("[a-z]+(/[a-z_]+)+");

        final Path folder = Scratch.folder("lake-");
        final SparkSession spark = SharedSpark.session();
        /** Of this step only, so that its settings concern no other. */
        private final SparkSession passed = spark.newSession();

        private final ForgetACustomer answer;
        private final int customer;
        private final List<ScriptRow> executed = new ArrayList<>();
        private List<Path> others = List.of();

        Lake(ForgetACustomer answer, int customer) {
            this.answer = answer;
            this.customer = customer;
        }

        /** Executes statements at once, so that their time is not the answer's, and returns them as input. */
        List<ScriptRow> after(String... statements) throws IOException {
            for (String statement : statements) {
                execute(statement);
                executed.add(row(statement));
            }
            return List.copyOf(executed);
        }

        @Override
        public void addInput(List<ScriptRow> statements) throws IOException {
            for (ScriptRow statement : statements) {
                if (!executed.contains(statement)) {
                    execute(statement.getString(0));
                }
            }
        }

        private void execute(String text) throws IOException {
            if (text.startsWith(UNCOMMITTED)) {
                String[] daysAndTable = text.substring(UNCOMMITTED.length()).split(" ");
                leaveAFile(folder.resolve(daysAndTable[1]), Integer.parseInt(daysAndTable[0]));
            } else {
                spark.sql(TABLE.matcher(text)
                        .replaceAll(name -> Matcher.quoteReplacement("delta.`" + folder.resolve(name.group()) + "`")));
            }
        }

        /** A copy of a file with a row of the customer. */
        private void leaveAFile(Path table, int days) throws IOException {
            Path original = DataFiles.with("customer", customer, table).get(0);
            Path copy = Files.copy(original, table.resolve("part-00000-uncommitted.snappy.parquet"));
            Files.setLastModifiedTime(copy, FileTime.from(Instant.now().minus(days, ChronoUnit.DAYS)));
        }

        @Override
        public void run() throws Exception {
            others = new ArrayList<>();
            List<Path> with = DataFiles.with("customer", customer, folder);
            for (Path table : tables()) {
                KernelTable.latest(table).files().stream()
                        .filter(file -> !with.contains(file))
                        .forEach(others::add);
            }
            SparkSession.setActiveSession(passed);
            try {
                answer.forget(passed, folder.toString(), customer);
            } finally {
                SparkSession.setActiveSession(spark);
            }
        }

        @Override
        public List<ScriptRow> output() {
            List<ScriptRow> rows = new ArrayList<>();
            for (Path table : tables()) {
                for (Row one : rows(table)) {
                    Object customer = one.schema().getFieldIndex("customer").isEmpty() ? null : one.getAs("customer");
                    rows.add(row(name(table), customer, one.getAs("id")));
                }
            }
            return rows;
        }

        private List<Row> rows(Path table) {
            try {
                return KernelTable.latest(table).rows();
            } catch (RuntimeException e) {
                throw new AssertionError("The table " + name(table)
                        + " cannot be read: its log names a data file that is not there any more.");
            }
        }

        /** Where rows of the customer still are: numbers of files. */
        String remains() {
            Map<String, Integer> files = new TreeMap<>();
            DataFiles.with("customer", customer, folder).forEach(file -> files.merge(place(file), 1, Integer::sum));
            return files.isEmpty() ? "none" : files.toString();
        }

        private String place(Path file) {
            Path table = tables().stream().filter(file::startsWith).findFirst().orElse(folder);
            String relative = table.relativize(file).toString();
            if (relative.startsWith("_change_data")) {
                return "change data";
            }
            if (KernelTable.exists(table) && KernelTable.latest(table).files().contains(file)) {
                return "latest version";
            }
            boolean isOld =
                    Commit.of(table).stream().anyMatch(commit -> commit.added().contains(relative));
            return isOld ? "older versions" : "no version";
        }

        /** The files without rows of the customer that the latest versions had before, and have no more. */
        long othersThatAreGone() {
            List<Path> now = tables().stream()
                    .flatMap(table -> KernelTable.latest(table).files().stream())
                    .toList();
            return others.stream().filter(file -> !now.contains(file)).count();
        }

        String describe(String table) {
            Path log = folder.resolve(table);
            try (Stream<Path> files = Files.list(log)) {
                return Commit.of(log).size() + " commits, "
                        + files.filter(file -> file.toString().endsWith(".parquet"))
                                .count() + " files";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String properties(String table) {
            return spark.sql("SHOW TBLPROPERTIES delta.`" + folder.resolve(table) + "`").collectAsList().stream()
                    .filter(one -> !one.getString(0).matches("delta\\.(feature\\..*|min.*Version)"))
                    .map(one -> one.getString(0) + "=" + one.getString(1))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }

        String checkOfTheRetention() {
            return passed.conf().get("spark.databricks.delta.retentionDurationCheck.enabled");
        }

        private List<Path> tables() {
            try (Stream<Path> folders = Files.walk(folder)) {
                return folders.filter(path -> path.endsWith("_delta_log"))
                        .map(Path::getParent)
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String name(Path table) {
            return folder.relativize(table).toString();
        }
    }

    /** A stream reads a table before the answer is called, and after later statements; the output is what it has read. */
    private static final class StreamedLake extends Lake {

        private final Path checkpoint = Scratch.folder("checkpoint-");
        private final List<ScriptRow> read = new ArrayList<>();
        private final String table;
        private boolean isForgotten;

        StreamedLake(ForgetACustomer answer, int customer, String table) {
            super(answer, customer);
            this.table = table;
        }

        @Override
        public void run() throws Exception {
            readTheStream();
            if (!isForgotten) {
                super.run();
                isForgotten = true;
            }
        }

        private void readTheStream() throws Exception {
            VoidFunction2<Dataset<Row>, Long> collect = (batch, number) ->
                    read.addAll(SparkRows.fromSpark(batch.select(lit(table).as("table"), col("customer"), col("id"))
                            .collectAsList()));
            StreamingQuery query = spark.readStream()
                    .format("delta")
                    .option("skipChangeCommits", true)
                    .load(folder.resolve(table).toString())
                    .writeStream()
                    .option("checkpointLocation", checkpoint.toString())
                    .trigger(Trigger.AvailableNow())
                    .foreachBatch(collect)
                    .start();
            try {
                query.processAllAvailable();
            } finally {
                query.stop();
            }
        }

        @Override
        public List<ScriptRow> output() {
            return List.copyOf(read);
        }
    }
}
