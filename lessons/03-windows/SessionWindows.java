///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import static org.apache.spark.sql.functions.*;

import java.util.List;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Groups the clicks in a shop into visits: a visit ends when a visitor does not click for some time, the gap. */
@Command(description = "Sessions, and how they merge.")
public class SessionWindows extends SparkProgram {

    @Option(names = "--gap", defaultValue = "10 minutes", description = "the gap that ends a visit (${DEFAULT-VALUE})")
    String gap;

    /** The input, file by file: time, visitor and page of a click. */
    static final List<String> FILES = List.of(
            "09:00 ann list, 09:15 ann list",
            "09:09 ann list",
            "09:30 ann film, 09:30 ben list",
            "09:45 ann list",
            "09:40 ben list",
            "10:30 cay list",
            "09:50 ann list, 10:31 cay list");

    /** The query: the number of clicks by visitor and visit. The gap may differ from click to click. */
    public static Dataset<Row> visits(Dataset<Row> clicks, Column gap) {
        return clicks.withWatermark("time", "15 minutes")
                .groupBy(col("visitor"), session_window(col("time"), gap).as("visit"))
                .agg(count("*").as("clicks"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        Dataset<Row> clicks = inbox.stream(spark, "time timestamp, visitor string, page string");
        Column longAfterFilm = when(col("page").equalTo("film"), "30 minutes").otherwise(gap);

        TextTable table = new TextTable("%-32s  %-17s  %-17s  %s");
        table.row("input", "so far (complete)", "final (append)", "final, film 30 min");
        try (var complete = CollectedQuery.start(visits(clicks, lit(gap)), "complete");
                var append = CollectedQuery.start(visits(clicks, lit(gap)), "append");
                var films = CollectedQuery.start(visits(clicks, longAfterFilm), "append")) {
            for (String file : FILES) {
                inbox.deliver("time visitor page", file);
                List<CollectedBatch<Row>> soFar = complete.processAllAvailable();
                String last = lines(soFar.subList(soFar.size() - 1, soFar.size()));
                table.lines(file, last, lines(append.processAllAvailable()), lines(films.processAllAvailable()));
            }
        }
        Dataset<Row> noKey = clicks.withWatermark("time", "15 minutes")
                .groupBy(session_window(col("time"), gap))
                .count();
        System.out.println("update  " + CollectedQuery.outcome(visits(clicks, lit(gap)), "update"));
        System.out.println("no key  " + CollectedQuery.outcome(noKey, "append"));
    }

    private static String lines(List<CollectedBatch<Row>> batches) {
        return String.join("\n", CollectedBatches.of(batches).lines());
    }

    public static void main(String[] args) {
        Program.run(new SessionWindows(), args);
    }
}
