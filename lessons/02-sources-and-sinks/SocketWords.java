///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import static org.apache.spark.sql.functions.*;

import java.io.PrintWriter;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Counts the words of lines from a socket. After a failure the source cannot replay them. */
@Command(description = "The socket source, which cannot replay its lines.")
public class SocketWords extends SparkProgram {

    private final BlockingQueue<String> results = new LinkedBlockingQueue<>();
    private volatile boolean sinkFails;

    /** The query. The socket source has one column, {@code value}. */
    public static Dataset<Row> counts(SparkSession spark, int port) {
        return spark.readStream()
                .format("socket")
                .option("host", "127.0.0.1")
                .option("port", port)
                .load()
                .select(explode(split(col("value"), " ")).as("word"))
                .groupBy("word")
                .count();
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        TextTable table = new TextTable("%-20s  %s");
        String checkpoint = Scratch.folder("checkpoint-").toString();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StreamingQuery query = start(spark, server.getLocalPort(), checkpoint);
            try (Socket connection = server.accept();
                    var out = new PrintWriter(connection.getOutputStream(), true, StandardCharsets.UTF_8)) {
                table.row("connected", results.take());
                for (String line : List.of("to be", "or not to be", "that is the question")) {
                    sinkFails = line.startsWith("that");
                    out.println(line);
                    table.row(line, results.take());
                }
            }
            query.stop();
            sinkFails = false;
            query = start(spark, server.getLocalPort(), checkpoint);
            table.row("restarted", results.take());
            query.stop();
        }
    }

    private StreamingQuery start(SparkSession spark, int port, String checkpoint) throws Exception {
        return counts(spark, port)
                .writeStream()
                .outputMode("update")
                .option("checkpointLocation", checkpoint)
                .foreachBatch((batch, id) -> {
                    if (sinkFails) {
                        results.add("batch " + id + "  fails");
                        throw new IllegalStateException("The sink fails");
                    }
                    String counts = new CollectedBatch<>(id, batch.collectAsList(), null).output();
                    results.add("batch " + id + "  " + (counts.isEmpty() ? "nothing" : counts));
                })
                .start();
    }

    public static void main(String[] args) {
        Program.run(new SocketWords(), args);
    }
}
