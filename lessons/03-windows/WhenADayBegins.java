///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import static org.apache.spark.sql.functions.*;

import java.util.List;
import org.apache.spark.sql.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Shows to which day a payment belongs that was made half an hour before midnight in New York. */
@Command(description = "Windows of a day in a time zone.")
public class WhenADayBegins extends SparkProgram {

    /** One payment in winter, one in summer. */
    static final List<String> TIMES = List.of("2018-01-15T23:30:00-05:00", "2018-07-15T23:30:00-04:00");

    static final TextTable TABLE = new TextTable("%-28s  %-20s  %s");

    @Override
    protected void run(SparkSession spark) {
        spark.conf().set("spark.sql.session.timeZone", "America/New_York");
        Dataset<Row> payments = spark.createDataset(TIMES, Encoders.STRING())
                .select(col("value").cast("timestamp").as("time"));
        Column time = col("time");
        print("time of the payment", payments, time);
        print("window of 1 day", payments, window(time, "1 day").getField("start"));
        print(
                "1 day, start time 4 hours",
                payments,
                window(time, "1 day", "1 day", "4 hours").getField("start"));
        print("window of 7 days", payments, window(time, "7 days").getField("start"));
        print("to_date", payments, to_date(time).cast("timestamp"));
    }

    /** Prints a time of both payments, in the time zone of the session. */
    private static void print(String what, Dataset<Row> payments, Column time) {
        List<Row> times =
                payments.select(date_format(time, "EEE yyyy-MM-dd HH:mm")).collectAsList();
        TABLE.row(what, times.get(0).get(0), times.get(1).get(0));
    }

    public static void main(String[] args) {
        Program.run(new WhenADayBegins(), args);
    }
}
