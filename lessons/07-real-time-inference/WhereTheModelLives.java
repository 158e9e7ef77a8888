///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package lesson07;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.*;
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

    /** A model and its name. {@code score} returns the name with the score. */
    record Named(String name, LogisticModel model) implements Serializable {

        static Named load(ModelFolder models) {
            String name = models.currentName().orElseThrow();
            return new Named(name, models.load(name));
        }

        String score(Row payment) {
            double amount = payment.<BigDecimal>getAs("amount").doubleValue();
            return name + " " + model.score(Map.of("amount", amount));
        }
    }

    /** The models of this JVM, one for each folder: all tasks share them. */
    private static final Map<ModelFolder, Named> IN_THIS_JVM = new ConcurrentHashMap<>();

    /** A query that scores payments, and what the driver does when a model has been published. */
    record Query(Dataset<String> scored, Runnable published) {

        Query(Dataset<String> scored) {
            this(scored, () -> {});
        }
    }

    interface Place {
        Query query(Dataset<Row> payments, ModelFolder models);
    }

    private static Query map(Dataset<Row> payments, MapFunction<Row, String> score) {
        return new Query(payments.map(score, Encoders.STRING()));
    }

    static Query inTheFunction(Dataset<Row> payments, ModelFolder models) {
        return map(payments, payment -> Named.load(models).score(payment));
    }

    static Query perPartition(Dataset<Row> payments, ModelFolder models) {
        MapPartitionsFunction<Row, String> score = rows -> {
            Named model = Named.load(models);
            Iterable<Row> all = () -> rows;
            return StreamSupport.stream(all.spliterator(), false)
                    .map(model::score)
                    .iterator();
        };
        return new Query(payments.mapPartitions(score, Encoders.STRING()));
    }

    static Query captured(Dataset<Row> payments, ModelFolder models) {
        Named model = Named.load(models);
        return map(payments, model::score);
    }

    static Query capturedAndReplaced(Dataset<Row> payments, ModelFolder models) {
        AtomicReference<Named> model = new AtomicReference<>(Named.load(models));
        return new Query(
                map(payments, payment -> model.get().score(payment)).scored(), () -> model.set(Named.load(models)));
    }

    static Query broadcast(Dataset<Row> payments, ModelFolder models) {
        Broadcast<Named> model =
                new JavaSparkContext(payments.sparkSession().sparkContext()).broadcast(Named.load(models));
        return map(payments, payment -> model.value().score(payment));
    }

    static Query inAStaticField(Dataset<Row> payments, ModelFolder models) {
        return map(
                payments,
                payment -> IN_THIS_JVM.computeIfAbsent(models, Named::load).score(payment));
    }

    static Query inAStaticFieldThatIsChecked(Dataset<Row> payments, ModelFolder models) {
        return map(
                payments,
                payment -> IN_THIS_JVM
                        .compute(models, (folder, model) -> {
                            boolean isCurrent = model != null
                                    && folder.currentName().orElseThrow().equals(model.name());
                            return isCurrent ? model : Named.load(folder);
                        })
                        .score(payment));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        TextTable table = new TextTable("%-34s  %-14s  %s");
        table.row("two batches of ten payments", "loads so far", "scored by");
        show(spark, table, "in the function", WhereTheModelLives::inTheFunction);
        show(spark, table, "in the function of a partition", WhereTheModelLives::perPartition);
        show(spark, table, "captured by the function", WhereTheModelLives::captured);
        show(spark, table, "captured, replaced on the driver", WhereTheModelLives::capturedAndReplaced);
        show(spark, table, "broadcast", WhereTheModelLives::broadcast);
        show(spark, table, "in a static field", WhereTheModelLives::inAStaticField);
        show(spark, table, "in a static field, name compared", WhereTheModelLives::inAStaticFieldThatIsChecked);
    }

    /** Scores a batch, publishes v2, and scores another batch. */
    private void show(SparkSession spark, TextTable table, String name, Place place) throws Exception {
        ModelFolder models = new ModelFolder(Scratch.folder("models-"));
        models.publish(model(1));
        Inbox inbox = Inbox.create();
        Query tested = place.query(inbox.stream(spark, Payment.SCHEMA).repartition(partitions), models);
        List<String> loads = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (CollectedQuery<String> query = CollectedQuery.start(tested.scored(), "append")) {
            for (int batch = 1; batch <= 2; batch++) {
                inbox.deliver("amount", "1.00, 2.00, 3.00, 4.00, 5.00, 6.00, 7.00, 8.00, 9.00, 10.00");
                names.add(query.processAllAvailable().get(0).rows().stream()
                        .map(scored -> scored.split(" ")[0])
                        .distinct()
                        .collect(Collectors.joining("+")));
                loads.add(String.valueOf(models.loads()));
                if (batch == 1) {
                    models.publish(model(2));
                    tested.published().run();
                }
            }
        }
        table.row(name, String.join(", then ", loads), String.join(", then ", names));
    }

    /** A model with one feature, learnt from a hundred payments. */
    private static LogisticModel model(int seed) {
        List<LabelledExample> examples = IntStream.range(0, 100)
                .mapToObj(i -> new LabelledExample(Map.of("amount", (double) i), i >= 90))
                .toList();
        return LogisticModel.train(examples, 0.1, seed);
    }

    public static void main(String[] args) {
        Program.run(new WhereTheModelLives(), args);
    }
}
