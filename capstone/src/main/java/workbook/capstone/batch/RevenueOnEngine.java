package workbook.capstone.batch;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.kit.ProjectFolder;
import workbook.kit.Scratch;

/**
 * The revenue from another engine: a program of {@code capstone/engines}, which JBang runs in a JVM of its own with the
 * libraries of its engine only. It gets the payments in the order of their times, so none is late.
 */
final class RevenueOnEngine implements RevenueJob {

    private static final String REVENUE = "hour TIMESTAMP, terminal INT, revenue DECIMAL(20,2)";

    private final String program;

    /** @param name of a program in {@code capstone/engines} */
    RevenueOnEngine(String name) {
        program = "capstone/engines/" + name + ".java";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the program fails. It has printed why
     */
    @Override
    public Dataset<Row> revenue(Dataset<Row> payments) {
        Path folder = Scratch.folder("revenue-");
        Path revenue = folder.resolve("revenue.json");
        try {
            run(write(payments, folder.resolve("payments.json")), revenue);
        } catch (IOException e) {
            throw new UncheckedIOException("The payments cannot be passed to " + program + ": " + e.getMessage(), e);
        }
        return payments.sparkSession()
                .read()
                .schema(REVENUE)
                .option("mode", "FAILFAST")
                .json(revenue.toString());
    }

    private static Path write(Dataset<Row> payments, Path file) throws IOException {
        Iterator<Row> lines = payments.orderBy("time", "id")
                .select(to_json(
                        struct("id", "time", "customer", "terminal", "amount"), Map.of("ignoreNullFields", "false")))
                .toLocalIterator();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            while (lines.hasNext()) {
                out.write(lines.next().getString(0));
                out.newLine();
            }
        }
        return file;
    }

    private void run(Path payments, Path revenue) throws IOException {
        Path project = ProjectFolder.find()
                .orElseThrow(() -> new IllegalStateException(
                        "Other engines are run by ./jbang of the workbook's folder. Start the command there."));
        Process process = new ProcessBuilder(
                        project.resolve("jbang").toString(), program, payments.toString(), revenue.toString())
                .directory(project.toFile())
                .inheritIO()
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(program
                        + " has failed, for the reason above. The gold tables are as they were."
                        + " Without --engine, Spark sums the revenue.");
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
