///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Jvm;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** A query in a JVM of its own is killed in the middle of a batch, as {@code kill -9} does it, and brought back. */
@Command(name = "KilledAndBack", mixinStandardHelpOptions = true, description = "kill -9, and what comes after.")
public class KilledAndBack implements Callable<Integer> {

    @Option(names = "--in-batch", defaultValue = "2", description = "when to kill, 0 to 3 (default: ${DEFAULT-VALUE})")
    int inBatch;

    @Option(
            names = "--after",
            defaultValue = "2",
            description = "how many of its 3 payments the batch has written by then (default: ${DEFAULT-VALUE})")
    int after;

    @Option(names = "--worker", hidden = true, description = "be the query: where its checkpoint and its sinks are")
    Path worker;

    @Option(names = "--inbox", hidden = true, description = "be the query: where its payments are")
    String inbox;

    /** What the worker says when it is where it is to be killed. */
    private static final String HERE = "the batch stands still";

    public static void main(String[] args) {
        Program.run(new KilledAndBack(), args);
    }

    @Override
    public Integer call() throws Exception {
        if (worker != null) {
            return work();
        }
        if (inBatch < 0 || inBatch > 3 || after < 0 || after > 3) {
            throw new IllegalArgumentException("There are batches 0 to 3, and each writes 0 to 3 payments by then.");
        }
        Path folder = Scratch.folder("killed-");
        Inbox payments = Inbox.create();
        IntStream.range(0, 4).forEach(file -> payments.deliver(payments(3 * file + 1, 3)));

        System.out.println("a query starts, in a JVM of its own: 12 payments in 4 batches");
        Process first = start(folder, payments, inBatch);
        tell(first);
        first.destroyForcibly(); // SIGKILL: no shutdown hook, no finally, no farewell
        System.out.println("killed: exit code " + first.waitFor());
        look(folder);

        System.out.println("the same query again, from its checkpoint");
        Process second = start(folder, payments, -1);
        tell(second);
        System.out.println("ended: exit code " + second.waitFor());
        look(folder);
        return second.exitValue();
    }

    /** The other JVM: an ordinary query with a checkpoint. It knows nothing of having been killed. */
    private int work() throws Exception {
        try (SparkSession spark = LocalSpark.start("KilledAndBack")) {
            spark.readStream()
                    .schema(Payment.SCHEMA)
                    .option("maxFilesPerTrigger", 1)
                    .json(inbox)
                    .writeStream()
                    .option("checkpointLocation", worker.resolve("checkpoint").toString())
                    .trigger(Trigger.AvailableNow())
                    .foreachBatch(this::write)
                    .start()
                    .awaitTermination();
        }
        return 0;
    }

    /** Writes a batch twice over: line by line to the end of a file, and as a file that is the batch's own. */
    private void write(Dataset<Row> batch, long id) throws IOException, InterruptedException {
        List<Long> ids = batch.select("id").as(Encoders.LONG()).collectAsList();
        System.out.println("batch " + id + " writes " + ids);
        for (int i = 0; i < ids.size(); i++) {
            standStill(id, i);
            append(worker.resolve("appended"), ids.get(i));
        }
        standStill(id, ids.size());
        replace(worker.resolve("by-batch"), id, ids);
    }

    static void append(Path file, long id) throws IOException {
        Files.writeString(file, id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** All or nothing, and the same place each time the batch comes: what was there is replaced. */
    static void replace(Path folder, long batch, List<Long> ids) throws IOException {
        Path draft = Files.createDirectories(folder).resolve(".draft");
        Files.write(draft, ids.stream().map(String::valueOf).toList());
        Files.move(draft, folder.resolve("batch-" + batch), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Waits to be killed, where it was said. Nothing is left to luck: nobody has to hit the right millisecond. */
    private void standStill(long batch, int written) throws InterruptedException {
        if (batch == inBatch && written == after) {
            System.out.println(HERE);
            new CountDownLatch(1).await();
        }
    }

    /** Runs this program again, as the query, with this JVM's own options. */
    private Process start(Path folder, Inbox payments, int inBatch) throws IOException {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(Jvm.options());
        command.add("-Djava.io.tmpdir=" + folder); // whoever is killed deletes nothing
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                KilledAndBack.class.getName(),
                "--worker",
                folder.toString(),
                "--inbox",
                payments.path(),
                "--in-batch",
                "" + inBatch,
                "--after",
                "" + after));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Scratch.beforeDeletion(process::destroyForcibly); // whoever stops this program stops the query as well
        return process;
    }

    /** Prints what the worker says, until it stands still or has ended. */
    private static void tell(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null && !line.equals(HERE); line = lines.readLine()) {
            System.out.println("    " + line);
        }
    }

    /** What lies on the disk: the checkpoint's two logs, and the sinks. */
    static void look(Path folder) throws IOException {
        System.out.println("    offsets   " + names(folder.resolve("checkpoint/offsets")));
        System.out.println("    commits   " + names(folder.resolve("checkpoint/commits")));
        System.out.println("    appended  " + lines(folder.resolve("appended")));
        List<String> byBatch = new ArrayList<>();
        for (String name : names(folder.resolve("by-batch"))) {
            byBatch.addAll(lines(folder.resolve("by-batch").resolve(name)));
        }
        System.out.println("    by batch  " + byBatch);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private static List<String> payments(int from, int number) {
        return IntStream.range(from, from + number)
                .mapToObj(id -> "{\"id\":" + id + ",\"amount\":10.00}")
                .toList();
    }
}
