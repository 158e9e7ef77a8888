package workbook.claims;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proves statements of QA.md about reading a database: a table with the ids 1 to 100 in H2. */
class DatabasesTest extends AsksSpark {

    private static final String URL = "jdbc:h2:mem:databases-test;DB_CLOSE_DELAY=-1";

    private Connection database;

    @BeforeEach
    void createTable() throws SQLException {
        database = DriverManager.getConnection(URL);
        execute("CREATE TABLE PAYMENTS AS SELECT X AS ID, X * 10 AS AMOUNT FROM SYSTEM_RANGE(1, 100)");
        execute("SET QUERY_STATISTICS TRUE");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        execute("SHUTDOWN");
        database.close();
    }

    @Test
    void boundsDivideTheRowsAmongPartitionsAndFilterNone() {
        Dataset<Row> payments = spark.read()
                .jdbc(URL, "PAYMENTS", "ID", 20, 60, 4, new Properties())
                .withColumn("partition", spark_partition_id())
                .groupBy("partition")
                .count()
                .orderBy("partition");
        assertThat(payments.collectAsList()).extracting(row -> row.getLong(1)).containsExactly(29L, 10L, 10L, 51L);
    }

    @Test
    void aComparisonOfAColumnIsSentToTheDatabaseAndOneOfACastIsNot() throws SQLException {
        Dataset<Row> payments = spark.read().jdbc(URL, "PAYMENTS", new Properties());
        assertThat(payments.where(col("ID").gt(90)).collectAsList()).hasSize(10);
        assertThat("ID > 90: " + rowsReturned()).isEqualTo("ID > 90: 10");
        assertThat(payments.where(col("ID").cast("string").geq("91")).collectAsList())
                .hasSize(9);
        assertThat("CAST(ID AS STRING): " + rowsReturned()).isEqualTo("CAST(ID AS STRING): 100");
    }

    /** The rows that queries have returned since the last call. */
    private long rowsReturned() throws SQLException {
        try (Statement query = database.createStatement();
                ResultSet sum = query.executeQuery("""
                        SELECT SUM(CUMULATIVE_ROW_COUNT) FROM INFORMATION_SCHEMA.QUERY_STATISTICS
                        WHERE SQL_STATEMENT LIKE 'SELECT%FROM PAYMENTS%'""")) {
            sum.next();
            long rows = sum.getLong(1);
            execute("SET QUERY_STATISTICS FALSE");
            execute("SET QUERY_STATISTICS TRUE");
            return rows;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
