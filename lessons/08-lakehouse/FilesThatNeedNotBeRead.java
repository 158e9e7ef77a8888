///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/delta/src/main/java/workbook/kit/delta/*.java
package lesson08;

import java.nio.file.Path;
import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.delta.*;
import workbook.kit.spark.*;

/** The same payments in six layouts: how many files of each a query reads. Only time and customer have statistics. */
@Command(description = "Data skipping: files read for six filters.")
public class FilesThatNeedNotBeRead extends DeltaProgram {

    @Option(
            names = "--file-size",
            defaultValue = "24000",
            description = "bytes of a file that is sorted (${DEFAULT-VALUE})")
    int fileSize;

    /** Four days with a payment every 36 seconds, in order of time. */
    static final String PAYMENTS = "SELECT timestamp'2018-04-01' + make_interval(0, 0, 0, 0, 0, 0, 36 * id) AS time, "
            + "int(id * 7919 % 1000) AS customer, id, elt(id % 4 + 1, 'BE', 'FR', 'LU', 'NL') AS country "
            + "FROM range(0, 9600, 1, 16)";

    static final List<String> FILTERS = List.of(
            "date(time) = '2018-04-02'",
            "hour(time) = 12",
            "customer = 7",
            "string(customer) = '7'",
            "id = 5000",
            "country = 'BE'");

    /** ZORDER and CLUSTER divide the rows by a sample and some noise: here by all rows, so that each run is the same. */
    @Override
    protected LocalSpark settings() {
        return super.settings()
                .set("spark.sql.execution.rangeExchange.sampleSizePerPartition", "10000")
                .set("spark.databricks.io.skipping.mdc.addNoise", "false");
    }

    @Override
    protected void run(SparkSession spark) {
        TextTable lines = new TextTable("%-25s  %5s  " + "%-10s  ".repeat(6));
        lines.row("", "", "date(time)", "hour(time)", "customer", "string", "id", "country");
        lines.row("", "files", "= 04-02", "= 12", "= 7", "= '7'", "= 5000", "= BE");
        show(spark, lines, "as they arrived", "", "");
        show(spark, lines, "OPTIMIZE", "", "OPTIMIZE %s");
        show(spark, lines, "ZORDER BY customer", "", "OPTIMIZE %s ZORDER BY (customer)");
        show(spark, lines, "ZORDER BY customer, time", "", "OPTIMIZE %s ZORDER BY (customer, time)");
        show(spark, lines, "CLUSTER BY customer", " CLUSTER BY (customer)", "OPTIMIZE %s");
        show(spark, lines, "PARTITIONED BY country", " PARTITIONED BY (country)", "");
    }

    /** Writes the payments into a new table, changes its layout, and counts the files that each filter reads. */
    private void show(SparkSession spark, TextTable lines, String layout, String clause, String statement) {
        Path folder = Scratch.folder("payments-");
        String table = "delta.`" + folder + "`";
        spark.sql("CREATE TABLE " + table + " (time TIMESTAMP, customer INT, id BIGINT, country STRING) USING delta"
                + clause + " TBLPROPERTIES (delta.dataSkippingNumIndexedCols = 2)");
        spark.sql("INSERT INTO " + table + " " + PAYMENTS);
        if (!statement.isEmpty()) {
            String bytes = layout.equals("OPTIMIZE") ? "1073741824" : String.valueOf(fileSize);
            spark.conf().set("spark.databricks.delta.optimize.maxFileSize", bytes);
            spark.sql(statement.formatted(table));
        }
        List<Object> cells = new ArrayList<>();
        cells.add(layout);
        cells.add(KernelTable.latest(folder).files().size());
        for (String filter : FILTERS) {
            cells.add(ScannedFiles.of(spark.table(table).where(filter).select("id")));
        }
        lines.row(cells.toArray());
    }

    public static void main(String[] args) {
        Program.run(new FilesThatNeedNotBeRead(), args);
    }
}
