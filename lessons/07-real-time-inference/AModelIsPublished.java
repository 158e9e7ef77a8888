///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package lesson07;

import java.io.*;
import java.math.BigDecimal;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.*;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.models.*;
import workbook.kit.spark.*;

/** Models are published, and fail to be, while a query scores payments. */
@Command(description = "A new model takes over while payments flow.")
public class AModelIsPublished extends SparkProgram {

    /** The active model of a folder, one in this JVM for all tasks. */
    static final class Active {

        private static final Map<ModelFolder, Active> IN_THIS_JVM = new ConcurrentHashMap<>();

        private final ModelFolder models;
        private String name;
        private LogisticModel model;
        private String refused = "";

        private Active(ModelFolder models) {
            this.models = models;
            name = models.currentName().orElseThrow();
            model = models.load(name);
        }

        static Active of(ModelFolder models) {
            return IN_THIS_JVM.computeIfAbsent(models, Active::new);
        }

        /** Scores an amount: the name of the model, and the score. */
        synchronized String score(double amount) {
            models.currentName()
                    .filter(n -> !n.equals(name) && !n.equals(refused))
                    .ifPresent(this::replace);
            return String.format(Locale.ROOT, "%s %.3f", name, model.score(Map.of("amount", amount)));
        }

        /** If the new model cannot be read, the old one stays. The new one is not tried again before another is loaded. */
        private void replace(String current) {
            try {
                model = models.load(current);
                name = current;
                refused = "";
            } catch (UnreadableModelException e) {
                refused = current;
            }
        }
    }

    /** The query: payments with the model that scored them, and the score. */
    public static Dataset<String> scored(Dataset<Row> payments, ModelFolder models) {
        MapFunction<Row, String> score = payment ->
                Active.of(models).score(payment.<BigDecimal>getAs("amount").doubleValue());
        return payments.map(score, Encoders.STRING());
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        ModelFolder models = new ModelFolder(Scratch.folder("models-"));
        Path folder = models.path();
        Inbox inbox = Inbox.create();
        TextTable table = new TextTable("%-39s  %-7s  %-21s  %s");
        table.row("", "current", "55.00 and 75.00", "loads");
        models.publish(model(50));
        try (var query = CollectedQuery.start(scored(inbox.stream(spark, Payment.SCHEMA), models), "append")) {
            Map<String, Runnable> nights = new LinkedHashMap<>();
            nights.put("v1 is published", () -> {});
            nights.put("v2 is published", () -> models.publish(model(70)));
            nights.put("v3 is half written", () -> write(folder.resolve("v3/model.tribuo"), "half a mod"));
            nights.put("v4 is published", () -> models.publish(model(80)));
            nights.put("a file that is no model is published", () -> {
                write(folder.resolve("v5/model.tribuo"), "not a model");
                write(folder.resolve("v5/card.properties"), "threshold=0.5\nbytes=11\n");
                models.makeCurrent("v5");
            });
            nights.put("a name without a model is published", () -> models.makeCurrent("v9"));
            nights.put("back to v1", () -> models.makeCurrent("v1"));
            nights.forEach((event, night) -> {
                night.run();
                inbox.deliver("amount", "55.00, 75.00");
                List<String> scores = query.processAllAvailable().get(0).rows();
                table.row(event, models.currentName().orElse("none"), String.join(", ", scores), models.loads());
            });
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A model learnt from a hundred payments, of which those above an amount were frauds. */
    private static LogisticModel model(int above) {
        List<LabelledExample> examples = IntStream.range(0, 100)
                .mapToObj(i -> new LabelledExample(Map.of("amount", (double) i), i > above))
                .toList();
        return LogisticModel.train(examples, 0.1, 1);
    }

    public static void main(String[] args) {
        Program.run(new AModelIsPublished(), args);
    }
}
