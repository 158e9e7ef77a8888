///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.split;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine.Command;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.LocalSpark;

/** Lines that arrive over a network connection, their words counted; and why a source must be able to say it again. */
@Command(name = "SocketWords", mixinStandardHelpOptions = true, description = "The socket source, and why it is a toy.")
public class SocketWords implements Callable<Integer> {

    /** What the batches have counted, in their order. */
    private final BlockingQueue<String> results = new LinkedBlockingQueue<>();
    /** Whether the sink is out of order. */
    private volatile boolean broken;

    public static void main(String[] args) {
        Program.run(new SocketWords(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("SocketWords");
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String checkpoint = Scratch.folder("checkpoint-").toString();
            StreamingQuery query = start(spark, server.getLocalPort(), checkpoint);
            try (Socket connection = server.accept();
                    PrintWriter out = new PrintWriter(connection.getOutputStream(), true, StandardCharsets.UTF_8)) {
                System.out.println("connected             " + results.take());
                say("to be", out);
                say("or not to be", out);
                broken = true;
                say("that is the question", out);
            }
            query.stop();

            broken = false;
            query = start(spark, server.getLocalPort(), checkpoint);
            System.out.println("restarted             " + results.take());
            query.stop();
            return 0;
        }
    }

    private void say(String line, PrintWriter out) throws InterruptedException {
        out.println(line);
        System.out.printf("%-20s  %s%n", line, results.take());
    }

    /** Starts the query, which connects to our server. */
    private StreamingQuery start(SparkSession spark, int port, String checkpoint) throws Exception {
        return counts(lines(spark, port))
                .writeStream()
                .outputMode("update")
                .option("checkpointLocation", checkpoint)
                .foreachBatch(this::keep)
                .start();
    }

    /** A stream of lines: a table with one column, {@code value}. */
    public static Dataset<Row> lines(SparkSession spark, int port) {
        return spark.readStream()
                .format("socket")
                .option("host", "127.0.0.1")
                .option("port", port)
                .load();
    }

    public static Dataset<Row> counts(Dataset<Row> lines) {
        return lines.select(explode(split(col("value"), " ")).as("word"))
                .groupBy("word")
                .count();
    }

    private void keep(Dataset<Row> batch, long id) {
        if (broken) {
            results.add("batch " + id + "  fails");
            throw new IllegalStateException("The sink is out of order");
        }
        String counts = batch.collectAsList().stream()
                .map(row -> row.get(0) + " " + row.get(1))
                .sorted()
                .collect(Collectors.joining(", "));
        results.add("batch " + id + "  " + (counts.isEmpty() ? "nothing" : counts));
    }
}
