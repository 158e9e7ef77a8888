package lesson13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import io.debezium.engine.spi.OffsetCommitPolicy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import lesson13.ApplyChanges.Change;
import lesson13.ApplyChanges.Reason;
import lesson13.ApplyChanges.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import workbook.check.script.Seed;
import workbook.kit.Scratch;

/** The answer keeps a copy of a table of PostgreSQL. Debezium reads the changes, and is killed twice. */
class ChangesOfADatabaseTest {

    private static final int TERMINALS = 60;
    /** The last change of all. */
    private static final int LAST = -1;

    private final Copy copy = new Copy();
    private final Set<String> seen = new HashSet<>();
    private final CountDownLatch snapshotIsRead = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private int events;
    private int repeated;
    private int unchanged;
    /** The position of the newest snapshot. */
    private volatile long snapshot;

    /** PostgreSQL does not run as root. The library runs it as another user then, in a namespace that not every machine permits. */
    @BeforeAll
    static void assumeThatItStartsHere() throws Exception {
        if (System.getProperty("user.name").equals("root")) {
            int code = new ProcessBuilder("unshare", "-U", "true").start().waitFor();
            assumeTrue(code == 0, "PostgreSQL does not start as root here");
        }
    }

    @Test
    void theCopyEqualsTheTableAfterAThousandChangesAndTwoCrashes() throws Exception {
        Seed seed = Seed.fresh();
        try (Bank bank = new Bank(seed.random())) {
            bank.change(200);
            runUntilItIsKilled(bank, 10, 40); // in the snapshot
            assertThat(events).as("events of a snapshot that was not finished").isLessThan(bank.size());

            AtomicBoolean isAlive = new AtomicBoolean(true);
            int size = bank.size();
            Future<?> changes = threads.submit(() -> {
                snapshotIsRead.await();
                return bank.changeWhile(isAlive);
            });
            runUntilItIsKilled(bank, size + 50, size + 150); // in the log
            isAlive.set(false);
            changes.get();

            run(bank, () -> bank.change(800).last());
            System.out.printf(
                    "%s: %,d changes, %,d events, %,d of them not for the first time%n",
                    seed, bank.changes, events, repeated);
            assertThat(copy.rows()).as("the copy, %s", seed).isEqualTo(bank.rows());
            assertThat(copy.aside).isEmpty();
            assertThat(repeated).as("repeated events").isPositive();
            assertThat(unchanged).as("events with a value that is unchanged").isPositive();
            assertThat(copy.terminals.values()).anyMatch(Terminal::deleted);
        }
    }

    /** A position is that of a change, not of its commit. */
    @Test
    void aTransactionThatIsOpenDuringASnapshotHasALowerPositionAndIsInTheCopy() throws Exception {
        try (Bank bank = new Bank(new Random(1))) {
            runUntilItIsKilled(bank, 10, 40); // its slot stays, so the next snapshot waits for no transaction
            bank.execute("UPDATE terminals SET country = 'FR' WHERE id = 1");
            bank.execute("DELETE FROM terminals WHERE id = 2");
            bank.inAnotherTransaction("INSERT INTO terminals VALUES (1000, 'NL', NULL)");
            run(bank, () -> {
                snapshotIsRead.await();
                return bank.last();
            });
            assertThat(copy.rows()).isEqualTo(bank.rows());
            assertThat(copy.terminals.get(1).lsn()).isPositive().isLessThan(snapshot);
            assertThat(copy.terminals.get(2).lsn()).isPositive().isLessThan(snapshot);
        }
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Runs an engine that fails after some events, and has not committed the offsets of the last ones. */
    private void runUntilItIsKilled(Bank bank, int committed, int all) {
        engine(bank, new Reader(committed, all)).run();
    }

    /** Runs an engine until it has read the last change. */
    private void run(Bank bank, Callable<?> changes) throws Exception {
        Reader reader = new Reader(Integer.MAX_VALUE, Integer.MAX_VALUE);
        try (DebeziumEngine<?> engine = engine(bank, reader)) {
            threads.execute(engine);
            changes.call();
            assertThat(reader.hasTheLast.await(60, TimeUnit.SECONDS))
                    .as("the last change has come")
                    .isTrue();
        }
    }

    private DebeziumEngine<?> engine(Bank bank, Reader reader) {
        return DebeziumEngine.create(Json.class)
                .using(bank.settings)
                .using(OffsetCommitPolicy.always())
                .notifying(reader)
                .build();
    }

    private static Properties settings(int port) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "name", "bank",
                "connector.class", "io.debezium.connector.postgresql.PostgresConnector",
                "plugin.name", "pgoutput",
                "database.hostname", "127.0.0.1",
                "database.port", String.valueOf(port),
                "database.user", "postgres",
                "database.password", "postgres",
                "database.dbname", "postgres",
                "topic.prefix", "bank",
                "table.include.list", "public.terminals"));
        Path offsets = Scratch.folder("offsets-").resolve("offsets");
        settings.putAll(Map.of(
                "offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore",
                "offset.storage.file.filename", offsets.toString(),
                "key.converter.schemas.enable", "false",
                "value.converter.schemas.enable", "false",
                "max.batch.size", "20",
                "max.queue.size", "40"));
        return settings;
    }

    /** Applies what an engine reads. After some events it fails, and has not committed the offsets of the last ones. */
    private final class Reader implements DebeziumEngine.ChangeConsumer<ChangeEvent<String, String>> {

        private final ApplyChanges answer = new ApplyChanges();
        private final CountDownLatch hasTheLast = new CountDownLatch(1);
        private final int committed;
        private final int all;
        private int read;

        Reader(int committed, int all) {
            this.committed = committed;
            this.all = all;
        }

        @Override
        public void handleBatch(
                List<ChangeEvent<String, String>> batch,
                DebeziumEngine.RecordCommitter<ChangeEvent<String, String>> offsets)
                throws InterruptedException {
            answer.apply(
                    batch.stream()
                            .map(event -> new Change(event.key(), event.value()))
                            .toList(),
                    copy);
            for (ChangeEvent<String, String> event : batch) {
                count(event);
                if (++read <= committed) {
                    offsets.markProcessed(event);
                }
            }
            offsets.markBatchFinished();
            if (copy.terminals.containsKey(LAST)) {
                hasTheLast.countDown();
            }
            if (read >= all) {
                throw new IllegalStateException("killed");
            }
        }

        private void count(ChangeEvent<String, String> event) {
            if (event.value() != null) {
                events++;
                String position = event.value().replaceAll(".*\"lsn\":(\\d+).*", "$1");
                repeated += seen.add(event.key() + position) ? 0 : 1;
                snapshot = event.value().contains("\"op\":\"r\"") ? Long.parseLong(position) : snapshot;
                if (event.value().contains("\"snapshot\":\"last\"")) {
                    snapshotIsRead.countDown();
                }
                unchanged += event.value().contains(ApplyChanges.UNCHANGED) ? 1 : 0;
            }
        }
    }

    /** The database. Its contracts are too long to be in the rows themselves. */
    private static final class Bank implements AutoCloseable {

        private final Random random;
        private final EmbeddedPostgres server;
        private final Connection connection;
        private final Properties settings;
        private int changes;

        Bank(Random random) throws Exception {
            this.random = random;
            System.setProperty("ot.epg.working-dir", Scratch.folder("postgres-").toString());
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(Scratch.folder("data-"))
                    .setServerConfig("wal_level", "logical")
                    .setServerConfig("synchronous_commit", "on") // a commit is in the log when it returns
                    .start();
            connection = server.getPostgresDatabase().getConnection();
            settings = settings(server.getPort());
            execute("CREATE TABLE terminals (id INT PRIMARY KEY, country TEXT, contract TEXT)");
            execute("ALTER TABLE terminals ALTER contract SET STORAGE EXTERNAL");
            execute(
                    "INSERT INTO terminals SELECT id, 'BE', repeat('a', 3000) FROM generate_series(1, %d) id",
                    TERMINALS);
            connection.setAutoCommit(false);
        }

        /** Makes this many changes, some of them in one transaction. */
        Bank change(int changes) throws SQLException {
            for (int i = 0; i < changes; i++) {
                change();
                if (random.nextInt(3) > 0) {
                    connection.commit();
                }
            }
            connection.commit();
            return this;
        }

        /** Changes rows until an engine has been killed. */
        Bank changeWhile(AtomicBoolean isAlive) throws SQLException {
            while (isAlive.get()) {
                change(10);
            }
            return this;
        }

        private void change() throws SQLException {
            changes++;
            int id = id();
            switch (random.nextInt(8)) {
                case 0 -> execute("DELETE FROM terminals WHERE id = %d", id);
                // With a new contract: Debezium does not know what an unchanged one was under the old id.
                case 1 ->
                    execute(
                            "UPDATE terminals SET id = %d, contract = '%s' WHERE id = %d"
                                    + " AND NOT EXISTS (SELECT * FROM terminals WHERE id = %1$d)",
                            id(), contract(), id);
                case 2 -> execute("UPDATE terminals SET contract = '%s' WHERE id = %d", contract(), id);
                case 3 -> execute("UPDATE terminals SET country = NULL WHERE id = %d", id);
                case 4 -> execute("UPDATE terminals SET contract = NULL WHERE id = %d", id);
                case 5 -> execute("UPDATE terminals SET country = '%s' WHERE id = %d", country(), id);
                default ->
                    execute(
                            "INSERT INTO terminals VALUES (%d, '%s', '%s')"
                                    + " ON CONFLICT (id) DO UPDATE SET country = excluded.country",
                            id, country(), contract());
            }
        }

        private int id() {
            return 1 + random.nextInt(2 * TERMINALS);
        }

        private String country() {
            return List.of("BE", "FR", "NL").get(random.nextInt(3));
        }

        private String contract() {
            return String.valueOf((char) ('a' + random.nextInt(26))).repeat(random.nextInt(4_000));
        }

        Bank last() throws SQLException {
            execute("INSERT INTO terminals VALUES (%d, NULL, NULL)", LAST);
            connection.commit();
            return this;
        }

        private void execute(String sql, Object... values) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(String.format(sql, values));
            }
        }

        void inAnotherTransaction(String sql) throws SQLException {
            try (Connection other = server.getPostgresDatabase().getConnection();
                    Statement statement = other.createStatement()) {
                statement.execute(sql);
            }
        }

        int size() throws SQLException {
            return rows().size();
        }

        Map<Integer, List<String>> rows() throws SQLException {
            Map<Integer, List<String>> rows = new TreeMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT id, country, contract FROM terminals")) {
                while (row.next()) {
                    rows.put(row.getInt(1), values(row.getString(2), row.getString(3)));
                }
            }
            connection.commit();
            return rows;
        }

        @Override
        public void close() throws Exception {
            connection.close();
            server.close();
        }
    }

    private static List<String> values(String country, String contract) {
        return List.of(String.valueOf(country), String.valueOf(contract));
    }

    /** The copy, in this JVM's memory. */
    private static final class Copy implements ApplyChanges.Table {

        private final Map<Integer, Terminal> terminals = new TreeMap<>();
        private final Map<Change, Reason> aside = new HashMap<>();

        @Override
        public Map<Integer, Terminal> read(Set<Integer> ids) {
            Map<Integer, Terminal> found = new HashMap<>(terminals);
            found.keySet().retainAll(ids);
            return found;
        }

        @Override
        public void write(Collection<Terminal> written) {
            written.forEach(terminal -> terminals.put(terminal.id(), terminal));
        }

        @Override
        public void setAside(Change event, Reason reason) {
            aside.put(event, reason);
        }

        Map<Integer, List<String>> rows() {
            Map<Integer, List<String>> rows = new TreeMap<>();
            terminals.values().stream()
                    .filter(terminal -> !terminal.deleted())
                    .forEach(terminal -> rows.put(terminal.id(), values(terminal.country(), terminal.contract())));
            return rows;
        }
    }
}
