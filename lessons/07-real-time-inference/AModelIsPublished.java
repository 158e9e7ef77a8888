///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package lesson07;

import java.math.BigDecimal;
import java.nio.file.*;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
        private NamedModel model;
        private String refused = "";

        private Active(ModelFolder models) {
            this.models = models;
            model = models.loadCurrent();
        }

        static Active of(ModelFolder models) {
            return IN_THIS_JVM.computeIfAbsent(models, Active::new);
        }

        synchronized String score(double amount) {
            models.currentName()
                    .filter(current -> !current.equals(model.name()) && !current.equals(refused))
                    .ifPresent(this::replace);
            return model.score(amount);
        }

        /** If the new model cannot be read, the old one stays. The new one is not tried again before another is loaded. */
        private void replace(String current) {
            try {
                model = models.loadNamed(current);
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
        ModelFolder models = ModelFolder.scratch(AmountModel.fraudsAbove(50));
        Inbox inbox = Inbox.create();
        TextTable table = new TextTable("%-39s  %-7s  %-21s  %s");
        table.row("", "current", "55.00 and 75.00", "loads");
        try (var query = CollectedQuery.start(scored(inbox.stream(spark, Payment.SCHEMA), models), "append")) {
            Consumer<String> show = event -> {
                inbox.deliver("amount", "55.00, 75.00");
                String scores = query.processAllAvailable().get(0).output();
                table.row(event, models.currentName().orElseThrow(), scores, models.loads());
            };
            show.accept("v1 is published");
            models.publish(AmountModel.fraudsAbove(70));
            show.accept("v2 is published");
            Path v3 = Files.createDirectory(models.path().resolve("v3"));
            Files.writeString(v3.resolve("model.tribuo"), "half a mod");
            show.accept("v3 is half written");
            models.publish(AmountModel.fraudsAbove(80));
            show.accept("v4 is published");
            Path v5 = models.path().resolve(models.publish(AmountModel.fraudsAbove(90)));
            Files.writeString(v5.resolve("model.tribuo"), "not a model");
            show.accept("a file that is no model is published");
            models.makeCurrent("v9");
            show.accept("a name without a model is published");
            models.makeCurrent("v1");
            show.accept("back to v1");
        }
    }

    public static void main(String[] args) {
        Program.run(new AModelIsPublished(), args);
    }
}
