///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/delta/src/main/java/workbook/kit/delta/*.java
package lesson09;

import java.io.IOException;
import java.nio.file.*;
import java.util.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Parameters;
import workbook.kit.*;
import workbook.kit.delta.*;
import workbook.kit.spark.*;

/** A JVM dies with 25 queries in it: five sinks, each at five moments of its batch. Then the queries are restarted. */
@Command(description = "What sinks have after a crash at any moment, and a restart.")
public class DieAnywhere extends DeltaProgram {

    static final List<String> SINKS = List.of("append", "number first", "number last", "Delta", "file sink");

    /** Where a query of {@code foreachBatch} dies, and where one with Spark's file sink does. */
    record Moment(String name, String inBatch, String inFileSink) {}

    static final List<Moment> MOMENTS = List.of(
            new Moment("before the writes", "%s 1", "after %s/checkpoint/offsets/0"),
            new Moment("between the writes", "%s 2", "before %s/table/_spark_metadata/0"),
            new Moment("after the writes", "%s 3", "after %s/table/_spark_metadata/0"),
            new Moment("before the commit", "before %s/checkpoint/commits/0", "before %s/checkpoint/commits/0"),
            new Moment("after the commit", "after %s/checkpoint/commits/0", "after %s/checkpoint/commits/0"));

    @Parameters(hidden = true, description = "in the JVM that dies: the folders of the sinks and of the input")
    List<Path> folders = List.of();

    private final SharedHalt halt = new SharedHalt();

    @Override
    protected LocalSpark settings() {
        return super.settings().set(WatchedCheckpoints.SETTING, WatchedCheckpoints.class.getName());
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        if (!folders.isEmpty()) {
            WatchedCheckpoints.watch(halt::at);
            for (Moment moment : MOMENTS) {
                start(spark, moment, true);
            }
            halt.halt();
        }
        folders = List.of(
                Scratch.folder("sinks-"),
                Path.of(Inbox.create().deliver("id", "1, 2").path()));
        System.out.println("a JVM with 25 queries, each of which stops at its moment");
        ChildJvm dying = ChildJvm.start(getClass(), folders.toArray());
        System.out.println("halted: exit code " + dying.waitFor());
        TextTable table = new TextTable("%-19s %-11s %-13s %-12s %-6s %-10s %s");
        table.row("", "append", "number first", "number last", "Delta", "file sink", "its folder");
        for (Moment moment : MOMENTS) {
            for (StreamingQuery query : start(spark, moment, false)) {
                query.awaitTermination();
            }
            List<Object> cells = new ArrayList<>(List.of(moment.name));
            for (String sink : SINKS) {
                cells.add(delivery(spark, sink, folder(sink, moment) + "/table"));
            }
            cells.add(delivery(spark, "file sink", folder("file sink", moment) + "/table/*.parquet"));
            table.row(cells.toArray());
        }
    }

    /** Starts a query for each sink. It has a folder of its own, with its checkpoint and its table. */
    private List<StreamingQuery> start(SparkSession spark, Moment moment, boolean dies) throws Exception {
        List<StreamingQuery> queries = new ArrayList<>();
        for (String sink : SINKS) {
            Path folder = folder(sink, moment);
            DataStreamWriter<Row> query = spark.readStream()
                    .schema("id STRING")
                    .json(folders.get(1).toString())
                    .writeStream()
                    .option("checkpointLocation", folder + "/checkpoint")
                    .trigger(Trigger.AvailableNow());
            if (!sink.equals("file sink")) {
                query.foreachBatch((batch, number) -> {
                    write(batch, number, sink, folder);
                });
            }
            if (dies) {
                halt.dieAt((sink.equals("file sink") ? moment.inFileSink : moment.inBatch).formatted(folder));
            }
            queries.add(sink.equals("file sink") ? query.start(folder + "/table") : query.start());
        }
        return queries;
    }

    /** Writes the ids one after the other. Two sinks keep the number of the batch, and do not write it again. */
    private void write(Dataset<Row> batch, long number, String sink, Path folder) throws IOException {
        Path known = folder.resolve("batch-" + number);
        if (Files.exists(known)) {
            return;
        }
        if (sink.equals("number first")) {
            Files.createFile(known);
        }
        for (int id = 1; id <= 2; id++) {
            halt.at(folder + " " + id);
            Dataset<Row> rows = batch.where("id = " + id);
            if (sink.equals("Delta")) {
                appendOnce(rows, number, "part " + id, folder + "/table");
            } else {
                rows.write().mode("append").text(folder + "/table");
            }
        }
        halt.at(folder + " 3");
        if (sink.equals("number last")) {
            Files.createFile(known);
        }
    }

    private Path folder(String sink, Moment moment) throws IOException {
        Path folder = folders.get(0).resolve(sink + ", " + moment.name);
        Files.createDirectories(folder.resolve("table"));
        return folder;
    }

    private static Delivery<String> delivery(SparkSession spark, String sink, String table) {
        String format = sink.equals("Delta") ? "delta" : sink.equals("file sink") ? "parquet" : "text";
        List<String> ids =
                spark.read().format(format).load(table).as(Encoders.STRING()).collectAsList();
        return new Delivery<>(List.of("1", "2"), ids);
    }

    public static void main(String[] args) {
        Program.run(new DieAnywhere(), args);
    }
}
