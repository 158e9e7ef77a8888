package lesson08;

import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Scratch;
import workbook.kit.delta.KernelTable;

/** The input of a script are the rows that the application writes before a load, the output is the lake after it. */
@Checkpoint(LoadOnlyTheNew.class)
class LoadOnlyTheNewCheckpoint {

    private static final String SCHEMA =
            "id BIGINT, customer INT, amount DECIMAL(10,2), deleted BOOLEAN, changed BIGINT";
    private static final long MINUTE = 60_000;
    private static final long LONGEST_TRANSACTION = 10 * MINUTE;

    private Database database;

    @BeforeEach
    void create() throws SQLException {
        database = Database.create();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    @Order(1)
    void eachLoadAddsTheRowsSinceTheLast(LoadOnlyTheNew answer) {
        List<ScriptRow> first = List.of(
                payment(1, "10.00", minute(0)),
                payment(2, "20.00", minute(10)),
                payment(3, "30.00", minute(30)),
                payment(4, "40.00", minute(58)),
                payment(5, "50.00", minute(60)));
        ScriptRow later = payment(6, "60.00", minute(61));
        ScriptRow last = payment(7, "70.00", minute(70_000_000)); // in 2103: its clock is ahead of ours
        script().batch(first)
                .emits(first)
                .batch(later, last)
                .emits(with(first, later, last))
                .run(job(answer));
    }

    /** The version of payment 2 is older than ten minutes, that of payment 3 is not. */
    @Test
    @Order(2)
    void aChangedOrDeletedPaymentIsAnotherVersionAndARemovedOneStays(LoadOnlyTheNew answer) {
        List<ScriptRow> first = List.of(
                payment(1, "10.00", minute(20)),
                payment(2, "20.00", minute(1)),
                payment(3, "30.00", minute(55)),
                payment(4, "40.00", minute(60)));
        ScriptRow deleted = row(2, 7, "20.00", true, minute(61));
        ScriptRow changed = payment(3, "33.00", minute(60) + 1);
        ScriptRow touched = payment(4, "40.00", minute(60) + 1);
        ScriptRow inTheSameMillisecond = payment(5, "50.00", minute(60));
        ScriptRow deletedAtOnce = row(6, 7, "60.00", true, minute(61));
        script().batch(first)
                .emits(first)
                .expects("row 1", "removed", () -> database.remove(1))
                .batch(deleted, changed, touched, inTheSameMillisecond, deletedAtOnce)
                .emits(with(first, deleted, changed, touched, inTheSameMillisecond, deletedAtOnce))
                .batch()
                .emits(with(first, deleted, changed, touched, inTheSameMillisecond, deletedAtOnce))
                .run(job(answer));
    }

    /** The late transaction began exactly ten minutes before the newest row, and wrote another one later. */
    @Test
    @Order(3)
    void aRowThatIsCommittedLateIsLoaded(LoadOnlyTheNew answer) throws SQLException {
        List<ScriptRow> first = List.of(payment(1, "10.00", minute(49)), payment(2, "20.00", minute(60)));
        ScriptRow late = payment(3, "30.00", minute(50));
        ScriptRow later = payment(4, "40.00", minute(55));
        database.begin(late, later);
        script().batch(first)
                .emits(first)
                .expects("the transaction of rows 3 and 4", "committed", database::commit)
                .batch()
                .emits(with(first, late, later))
                .run(job(answer));
    }

    @Test
    @Order(4)
    void valuesMayBeNullAlsoTheTimeOfTheChange(LoadOnlyTheNew answer) {
        List<ScriptRow> first = List.of(row(1, null, null, null, null), row(2, 7, "20.00", false, null));
        ScriptRow third = row(3, 7, "30.00", false, null);
        ScriptRow fourth = row(4, null, "40.00", false, MINUTE);
        ScriptRow changed = row(1, 7, null, null, 0L);
        script().batch(first)
                .emits(first)
                .batch(third)
                .emits(with(first, third))
                .batch(fourth, changed)
                .emits(with(first, third, fourth, changed))
                .run(job(answer));
    }

    /** The second load reads rows 2, 4, 5 and 6. */
    @Test
    @Order(5)
    void theDatabaseReturnsOnlyRowsThatMayBeNewEachOnce(LoadOnlyTheNew answer) {
        List<ScriptRow> first = List.of(
                payment(1, "10.00", minute(0)),
                row(2, 7, "20.00", null, minute(60)),
                payment(3, "30.00", minute(50) - 1),
                payment(4, "40.00", minute(50)));
        ScriptRow fifth = payment(5, "50.00", minute(61));
        ScriptRow sixth = row(6, 7, "60.00", true, minute(80));
        script().batch(first)
                .emits(first)
                .expects("rows read", 4L, () -> database.rowsReadAbove(4))
                .batch(fifth, sixth)
                .emits(with(first, fifth, sixth))
                .expects("rows read", 4L, () -> database.rowsReadAbove(4))
                .batch(payment(7, "70.00", minute(80)))
                .emits(with(first, fifth, sixth, payment(7, "70.00", minute(80))))
                .expects("rows read", 2L, () -> database.rowsReadAbove(2))
                .run(job(answer));
    }

    /** The load of row 3 was killed between its data file and its commit. */
    @Test
    @Order(6)
    void aLoadThatFailsLeavesTheLakeAndTheNextOneLoadsEverything(LoadOnlyTheNew answer) {
        List<ScriptRow> first = List.of(payment(1, "10.00", minute(95)), payment(2, "20.00", minute(101)));
        ScriptRow third = row(3L, 7, new BigDecimal("30.00"), false, minute(102)); // as Spark takes it
        ScriptRow sixth = payment(6, "60.00", minute(104));
        ScriptRow seventh = payment(7, "70.00", minute(92));
        LoadJob job = new LoadJob(answer, database);
        script().batch(first)
                .emits(first)
                .expects("a data file of row 3", "written, not committed", () -> job.leaveAFile(third))
                .expects("the database", "away for a load", database::goAway)
                .batch(third)
                .emits(first)
                .expects("row 7", "breaks off the next query", () -> database.breakOffAt(7))
                .batch(sixth, seventh)
                .emits(first)
                .expects("row 6", "breaks off the next query", () -> database.breakOffAt(6))
                .batch()
                .emits(first)
                .batch()
                .emits(with(first, third, sixth, seventh))
                .run(job);
    }

    @Test
    @Order(7)
    void randomRowsAreLoadedOnceInEachVersion(LoadOnlyTheNew answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Script script = script().title(seed.hint());
        List<ScriptRow> lake = new ArrayList<>();
        long newest = minute(100);
        RandomRows rows = RandomRows.of(SCHEMA)
                .notNull("id")
                .between("id", 1, 40)
                .notNull("changed")
                .between("changed", 0, 15 * MINUTE);
        Map<Object, Long> last = new LinkedHashMap<>();
        for (List<ScriptRow> batch : rows.batches(random, 2, 50)) {
            List<ScriptRow> written = written(random, batch, newest, last);
            lake.addAll(written);
            newest = Math.max(
                    newest,
                    last.values().stream().mapToLong(Long::longValue).max().orElse(0));
            script.batch(written).emits(List.copyOf(lake));
        }
        script.run(job(answer));
    }

    /** Each payment once, changed later than before, and ten minutes before the newest or later. */
    private static List<ScriptRow> written(Random random, List<ScriptRow> batch, long newest, Map<Object, Long> last) {
        Map<Object, ScriptRow> written = new LinkedHashMap<>();
        for (ScriptRow payment : batch) {
            boolean isOld = last.isEmpty() && random.nextInt(8) == 0;
            long earliest = Math.max(newest - LONGEST_TRANSACTION, last.getOrDefault(payment.get(0), -1L) + 1);
            Long changed = isOld ? null : earliest + payment.getLong(4);
            written.put(payment.get(0), row(payment.get(0), payment.get(1), payment.get(2), payment.get(3), changed));
        }
        written.values().stream()
                .filter(payment -> payment.get(4) != null)
                .forEach(payment -> last.put(payment.get(0), payment.getLong(4)));
        return List.copyOf(written.values());
    }

    private static Script script() {
        return Script.of(SCHEMA).columns(SCHEMA.split(", "));
    }

    private Job job(LoadOnlyTheNew answer) {
        return new LoadJob(answer, database);
    }

    private static long minute(long minute) {
        return minute * MINUTE;
    }

    private static ScriptRow payment(long id, String amount, long changed) {
        return row(id, 7, amount, false, changed);
    }

    private static List<ScriptRow> with(List<ScriptRow> before, ScriptRow... more) {
        List<ScriptRow> all = new ArrayList<>(before);
        all.addAll(List.of(more));
        return all;
    }

    /** Writes the rows of a batch and calls the answer. */
    private static final class LoadJob implements Job {

        private final LoadOnlyTheNew answer;
        private final Database database;
        private final Path lake = Scratch.folder("lake-").resolve("payments");

        LoadJob(LoadOnlyTheNew answer, Database database) {
            this.answer = answer;
            this.database = database;
        }

        @Override
        public void addInput(List<ScriptRow> rows) throws SQLException {
            database.write(rows);
        }

        @Override
        public void run() throws SQLException {
            database.countAgain();
            String url = database.url();
            boolean fails = database.isFailing();
            try {
                answer.load(SharedSpark.session(), url, lake.toString());
            } catch (Exception e) {
                if (!fails) {
                    throw e;
                }
                database.repair();
                return;
            }
            if (fails) {
                throw new AssertionError("""
                        The database threw an exception, and load returned without one. The scheduler then records the load as
                        successful, and nobody looks for the rows that are missing.""");
            }
        }

        /** Writes a data file of the row into the lake's folder, but no commit. */
        String leaveAFile(ScriptRow row) {
            Dataset<Row> rows =
                    SharedSpark.session().createDataFrame(SparkRows.toSpark(List.of(row)), StructType.fromDDL(SCHEMA));
            rows.write().mode("append").parquet(lake.toString());
            return "written, not committed";
        }

        @Override
        public List<ScriptRow> output() {
            return KernelTable.exists(lake)
                    ? SparkRows.fromSpark(KernelTable.latest(lake).rows())
                    : List.of();
        }
    }

    /** A database in this JVM, with a connection of the application and one of a transaction that is committed later. */
    private static final class Database implements AutoCloseable {

        private final String url;
        private final Connection application;
        private final Connection slow;
        private boolean isAway;
        private boolean isBroken;

        private Database(String url) throws SQLException {
            this.url = url;
            application = DriverManager.getConnection(url);
            slow = DriverManager.getConnection(url);
            slow.setAutoCommit(false);
        }

        static Database create() throws SQLException {
            Database database = new Database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            database.execute("""
                    CREATE TABLE PAYMENTS (ID BIGINT PRIMARY KEY, CUSTOMER INT, AMOUNT DECIMAL(10,2), DELETED BOOLEAN,
                    CHANGED BIGINT)""");
            return database;
        }

        String url() {
            return isAway ? url.replace("mem:", "mem:away-") + ";IFEXISTS=TRUE" : url;
        }

        boolean isFailing() {
            return isAway || isBroken;
        }

        void write(List<ScriptRow> payments) throws SQLException {
            write(application, isBroken ? "ALL_PAYMENTS" : "PAYMENTS", payments);
        }

        /** Writes rows in a transaction that is not committed yet. */
        void begin(ScriptRow... payments) throws SQLException {
            write(slow, "PAYMENTS", List.of(payments));
        }

        String commit() {
            return attempt("committed", slow::commit);
        }

        String remove(long id) {
            return attempt("removed", () -> execute("DELETE FROM PAYMENTS WHERE ID = " + id));
        }

        /** The next load finds no database. */
        String goAway() {
            isAway = true;
            return "away for a load";
        }

        /** Each query that reads the amount of this row fails there. */
        String breakOffAt(long id) {
            isBroken = true;
            return attempt("breaks off the next query", () -> {
                execute("ALTER TABLE PAYMENTS RENAME TO ALL_PAYMENTS");
                execute("""
                        CREATE VIEW PAYMENTS AS SELECT ID, CUSTOMER, CAST(AMOUNT / (ID - %d) * (ID - %d) AS DECIMAL(10,2))
                        AS AMOUNT, DELETED, CHANGED FROM ALL_PAYMENTS""".formatted(id, id));
            });
        }

        void repair() throws SQLException {
            if (isBroken) {
                execute("DROP VIEW PAYMENTS");
                execute("ALTER TABLE ALL_PAYMENTS RENAME TO PAYMENTS");
            }
            isAway = false;
            isBroken = false;
        }

        /** Begins to count the rows that queries return. */
        void countAgain() throws SQLException {
            execute("SET QUERY_STATISTICS FALSE");
            execute("SET QUERY_STATISTICS TRUE");
        }

        /** The number of rows that queries have returned, without queries of one row; {@code most} if it is less. */
        long rowsReadAbove(long most) {
            try (Statement query = application.createStatement();
                    ResultSet read = query.executeQuery("""
                            SELECT SUM(CUMULATIVE_ROW_COUNT) FROM INFORMATION_SCHEMA.QUERY_STATISTICS
                            WHERE SQL_STATEMENT LIKE '%PAYMENTS%' AND MAX_ROW_COUNT > 1""")) {
                read.next();
                return Math.max(most, read.getLong(1));
            } catch (SQLException e) {
                throw new IllegalStateException("The database cannot be asked: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws SQLException {
            slow.close();
            execute("SHUTDOWN");
            application.close();
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = application.createStatement()) {
                statement.execute(sql);
            }
        }

        private static void write(Connection connection, String table, List<ScriptRow> payments) throws SQLException {
            try (PreparedStatement merge =
                    connection.prepareStatement("MERGE INTO " + table + " KEY (ID) VALUES (?, ?, ?, ?, ?)")) {
                for (ScriptRow payment : payments) {
                    for (int i = 0; i < payment.size(); i++) {
                        merge.setObject(i + 1, payment.get(i));
                    }
                    merge.execute();
                }
            }
        }

        private interface Work {
            void run() throws SQLException;
        }

        private static String attempt(String done, Work work) {
            try {
                work.run();
                return done;
            } catch (SQLException e) {
                throw new IllegalStateException("The database cannot be prepared: " + e.getMessage(), e);
            }
        }
    }
}
