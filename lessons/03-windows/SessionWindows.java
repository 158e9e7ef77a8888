///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.session_window;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Visits to a shop: clicks of one visitor belong together as long as no gap between them is too long. */
@Command(name = "SessionWindows", mixinStandardHelpOptions = true, description = "Sessions, and how they merge.")
public class SessionWindows implements Callable<Integer> {

    @Option(names = "--gap", defaultValue = "10 minutes", description = "what ends a visit (default: ${DEFAULT-VALUE})")
    String gap;

    /** What arrives, file by file: when, who, and on which page. */
    static final List<String> FILES = List.of(
            "09:00 ann list, 09:15 ann list",
            "09:09 ann list",
            "09:30 ann film, 09:30 ben list",
            "09:45 ann list",
            "09:40 ben list",
            "10:30 cay list",
            "09:50 ann list, 10:31 cay list");

    public static void main(String[] args) {
        Program.run(new SessionWindows(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("SessionWindows")) {
            Inbox inbox = Inbox.create();
            Dataset<Row> clicks = spark.readStream()
                    .schema("time timestamp, visitor string, page string")
                    .json(inbox.path());
            Column patient = when(col("page").equalTo("film"), "30 minutes").otherwise(gap);

            Map<StreamingQuery, ConcurrentLinkedQueue<String>> queries = new LinkedHashMap<>();
            start(queries, visits(clicks, lit(gap)), "complete");
            start(queries, visits(clicks, lit(gap)), "append");
            start(queries, visits(clicks, patient), "append");
            print(
                    "what came in",
                    List.of("so far (complete)"),
                    List.of("final (append)"),
                    List.of("final, films wait"));
            for (String file : FILES) {
                inbox.deliver(clicks(file));
                queries.keySet().forEach(StreamingQuery::processAllAvailable);
                List<List<String>> said =
                        queries.values().stream().map(SessionWindows::drain).toList();
                print(file, said.get(0), said.get(1), said.get(2));
            }
            for (StreamingQuery query : queries.keySet()) {
                query.stop();
            }
            System.out.println("update  " + refusal(visits(clicks, lit(gap)), "update"));
            Dataset<Row> noVisitor = clicks.withWatermark("time", "15 minutes")
                    .groupBy(session_window(col("time"), gap))
                    .count();
            System.out.println("no key  " + refusal(noVisitor, "append"));
            return 0;
        }
    }

    /** The query: clicks by visitor and visit. The gap may be different for each click. */
    public static Dataset<Row> visits(Dataset<Row> clicks, Column gap) {
        return clicks.withWatermark("time", "15 minutes")
                .groupBy(col("visitor"), session_window(col("time"), gap).as("visit"))
                .agg(count("*").as("clicks"))
                .select("visitor", "visit.start", "visit.end", "clicks");
    }

    static void start(Map<StreamingQuery, ConcurrentLinkedQueue<String>> queries, Dataset<Row> visits, String mode)
            throws Exception {
        ConcurrentLinkedQueue<String> out = new ConcurrentLinkedQueue<>();
        StreamingQuery query = visits.writeStream()
                .outputMode(mode)
                .foreachBatch((batch, id) -> {
                    if (mode.equals("complete")) {
                        out.clear();
                    }
                    batch.orderBy("visitor", "start").collectAsList().forEach(visit -> out.add(text(visit)));
                })
                .start();
        queries.put(query, out);
    }

    /** Why Spark does not start the query, or does not run it. */
    static String refusal(Dataset<Row> query, String mode) {
        try {
            query.writeStream().outputMode(mode).format("noop").start().processAllAvailable();
            return "runs";
        } catch (Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return "refused: "
                    + cause.getMessage().replaceFirst("^\\[[A-Z_.]+] ", "").split("\\.(\\s|$)")[0];
        }
    }

    /** The clicks of a file, as JSON lines. */
    static List<String> clicks(String file) {
        return Arrays.stream(file.split(", "))
                .map(click -> click.split(" "))
                .map(of -> String.format(
                        "{\"time\":\"2018-04-01T%s:00Z\",\"visitor\":\"%s\",\"page\":\"%s\"}", (Object[]) of))
                .toList();
    }

    private static String text(Row visit) {
        return String.format("%s %s–%s %d", visit.get(0), clock(visit.get(1)), clock(visit.get(2)), visit.getLong(3));
    }

    private static String clock(Object instant) {
        return instant.toString().substring(11, 16);
    }

    private static List<String> drain(ConcurrentLinkedQueue<String> out) {
        List<String> rows = new ArrayList<>(out);
        out.clear();
        return rows;
    }

    /** One line for each row that a query put out, the queries in columns. */
    private static void print(String in, List<String> first, List<String> second, List<String> third) {
        int lines = Math.max(1, Math.max(first.size(), Math.max(second.size(), third.size())));
        for (int i = 0; i < lines; i++) {
            String line = String.format(
                    "%-32s  %-17s  %-17s  %s", i == 0 ? in : "", cell(first, i), cell(second, i), cell(third, i));
            System.out.println(line.stripTrailing());
        }
    }

    private static String cell(List<String> rows, int line) {
        return line < rows.size() ? rows.get(line) : "";
    }
}
