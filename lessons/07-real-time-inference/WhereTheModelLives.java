///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package lesson07;

import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.*;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.models.*;
import workbook.kit.spark.*;

/** Seven places to keep a model in: how often each loads one, and whether it gets a new one. */
@Command(description = "Where a query loads its model.")
public class WhereTheModelLives extends SparkProgram {

    @Option(names = "--partitions", defaultValue = "3", description = "partitions of a batch (${DEFAULT-VALUE})")
    int partitions;

    private static final String TEN = "1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0";
    private static final TextTable TABLE = new TextTable("%-34s  %-14s  %s");

    /** The models of this JVM, one for each folder: all tasks share them. */
    private static final Map<ModelFolder, NamedModel> IN_THIS_JVM = new ConcurrentHashMap<>();

    /** What the driver does when a model has been published. */
    private Runnable whenPublished;

    /** The query. It asks for the model at every amount. */
    public static Dataset<String> scored(Dataset<Double> amounts, Function0<NamedModel> model) {
        MapFunction<Double, String> score = amount -> model.call().score(amount);
        return amounts.map(score, Encoders.STRING());
    }

    /** The query. It asks for the model once for each partition of a batch. */
    public static Dataset<String> byPartition(Dataset<Double> amounts, Function0<NamedModel> model) {
        MapPartitionsFunction<Double, String> score = partition -> {
            NamedModel loaded = model.call();
            List<String> scores = new ArrayList<>();
            partition.forEachRemaining(amount -> scores.add(loaded.score(amount)));
            return scores.iterator();
        };
        return amounts.mapPartitions(score, Encoders.STRING());
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        TABLE.row("two batches of ten payments", "loads so far", "scored by");
        show(spark, "in the function", (amounts, models) -> scored(amounts, models::loadCurrent));
        show(spark, "in the function of a partition", (amounts, models) -> byPartition(amounts, models::loadCurrent));
        show(spark, "captured by the function", (amounts, models) -> {
            NamedModel model = models.loadCurrent();
            return scored(amounts, () -> model);
        });
        show(spark, "captured, replaced on the driver", (amounts, models) -> {
            AtomicReference<NamedModel> model = new AtomicReference<>(models.loadCurrent());
            whenPublished = () -> model.set(models.loadCurrent());
            return scored(amounts, model::get);
        });
        show(spark, "broadcast", (amounts, models) -> {
            Broadcast<NamedModel> model = new JavaSparkContext(spark.sparkContext()).broadcast(models.loadCurrent());
            return scored(amounts, model::value);
        });
        show(spark, "in a static field", (amounts, models) -> {
            return scored(amounts, () -> IN_THIS_JVM.computeIfAbsent(models, ModelFolder::loadCurrent));
        });
        show(spark, "in a static field, name compared", (amounts, models) -> {
            return scored(amounts, () -> IN_THIS_JVM.compute(models, ModelFolder::loadIfChanged));
        });
    }

    /** Scores ten amounts, publishes v2, and scores them again. */
    private void show(SparkSession spark, String place, BiFunction<Dataset<Double>, ModelFolder, Dataset<String>> query)
            throws Exception {
        ModelFolder models = ModelFolder.scratch(AmountModel.fraudsAbove(50));
        whenPublished = () -> {};
        Inbox inbox = Inbox.create().deliver("amount", TEN);
        Dataset<Row> amounts = inbox.stream(spark, "amount DOUBLE").repartition(partitions);
        try (var running = CollectedQuery.start(query.apply(amounts.as(Encoders.DOUBLE()), models), "append")) {
            String first = NamedModel.names(running.processAllAvailable().get(0).rows());
            String loads = models.loads() + ", then ";
            models.publish(AmountModel.fraudsAbove(80));
            whenPublished.run();
            inbox.deliver("amount", TEN);
            String then = NamedModel.names(running.processAllAvailable().get(0).rows());
            TABLE.row(place, loads + models.loads(), first + ", then " + then);
        }
    }

    public static void main(String[] args) {
        Program.run(new WhereTheModelLives(), args);
    }
}
