///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson08;

import static org.apache.spark.sql.functions.*;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** A new rule for a revenue: a second stream reads the log from the beginning, while readers get the first one's. */
@Command(description = "Two versions of one stream, and the switch.")
public class KappaReplay extends SparkProgram {

    /** The log: files of payments. */
    static final List<String> LOG = List.of(
            "2018-04-01T10:00 50.00, 2018-04-01T11:00 30.00",
            "2018-04-01T15:00 -20.00",
            "2018-04-01T23:59 5.00",
            "2018-04-02T10:00 0.40, 2018-04-02T12:00 -10.00",
            "2018-04-03T16:00 -10.00, 2018-04-03T18:00 0.30");

    /** The revenue of each day, without amounts that are smaller than the least one. */
    public static Dataset<Row> revenue(Dataset<Row> payments, String least) {
        return payments.where("abs(amount) >= " + least)
                .groupBy(to_date(col("time")).as("day"))
                .agg(sum("amount").as("revenue"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox log = Inbox.create();
        LOG.forEach(payments -> log.deliver("time amount", payments));
        TextTable table = new TextTable("%-24s  %6s  %6s  %6s");
        table.row("", "v1", "v2", "served");
        BigDecimal v1 = replay(log, spark, "0").get(LOG.size() - 1);
        table.row("v1 has read the log", v1, "", v1);
        List<BigDecimal> v2 = replay(log, spark, "1");
        for (int file = 0; file < v2.size(); file++) {
            table.row("v2 has read " + (file + 1) + " of " + v2.size() + " files", v1, v2.get(file), v1);
        }
        BigDecimal last = v2.get(v2.size() - 1);
        table.row("the switch", "", last, last);
    }

    /** Reads the whole log, and returns the sum over all days after each file. */
    private static List<BigDecimal> replay(Inbox log, SparkSession spark, String least) throws Exception {
        Map<LocalDate, BigDecimal> days = new HashMap<>();
        List<BigDecimal> sums = new ArrayList<>();
        Dataset<Row> revenue = revenue(log.stream(spark, Payment.SCHEMA), least);
        for (CollectedBatch<Row> file : CollectedQuery.run(revenue, "update")) {
            file.rows().forEach(row -> days.put(row.getLocalDate(0), row.getDecimal(1)));
            sums.add(days.values().stream().reduce(new BigDecimal("0.00"), BigDecimal::add));
        }
        return sums;
    }

    public static void main(String[] args) {
        Program.run(new KappaReplay(), args);
    }
}
