///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//DEPS org.apache.spark:spark-mllib_2.13:4.2.0
package lesson07;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import org.apache.spark.ml.*;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.feature.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.StreamingQueryException;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.explain.Causes;
import workbook.kit.spark.*;

/** Customers in segments: k-means finds them each night, and a stream assigns customers to them. */
@Command(description = "MLlib's k-means, learnt in batch and applied to a stream.")
public class SegmentsOnAStream extends SparkProgram {

    @Option(names = "--segments", defaultValue = "3", description = "number of segments (${DEFAULT-VALUE})")
    int segments;

    /** Scaled features, then k-means. Its {@code fit} learns both, its {@code transform} applies both. */
    public static Pipeline pipeline(int segments) {
        return new Pipeline().setStages(new PipelineStage[] {
            new VectorAssembler()
                    .setInputCols(new String[] {"mean", "payments"})
                    .setOutputCol("both"),
            new StandardScaler().setInputCol("both").setOutputCol("features"),
            new KMeans().setK(segments).setSeed(1).setPredictionCol("segment")
        });
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        // MLlib looks for a native library first, and a machine without it gets a line of warning.
        System.setProperty("dev.ludovic.netlib.blas.allowNative", "false");
        Inbox inbox = Inbox.create().deliver("customer mean payments", "501 90.0 11, 502 50.0 22, 503 30.0 7");
        Dataset<Row> stream = inbox.stream(spark, "customer INT, mean DOUBLE, payments INT");
        PipelineModel model = null;
        for (int night = 1; night <= 2; night++) {
            Dataset<Row> week = customers(spark, night * 7 - 7, night * 7).cache();
            String folder = Scratch.folder("model-").toString();
            pipeline(segments).fit(week).write().overwrite().save(folder);
            model = PipelineModel.load(folder);
            System.out.printf("night %d, learnt from %d customers%n", night, week.count());
            List<Row> centres = centres(model.transform(week));
            centres.forEach(c -> System.out.printf(
                    "    segment %d  mean %5.2f  payments %4.1f%n", c.getInt(0), c.getDouble(1), c.getDouble(2)));
            Dataset<Row> assigned = model.transform(stream);
            System.out.println("    the stream, by number  " + outcome(assigned.select("customer", "segment")));
            System.out.println(
                    "    the stream, by name    " + outcome(assigned.select(col("customer"), named(centres))));
        }

        System.out.println("a customer without a mean");
        inbox.deliver("customer mean payments", "504 null 9, 505 30.0 7");
        VectorAssembler assembler = (VectorAssembler) model.stages()[0];
        for (String invalid : List.of("error", "skip", "keep")) {
            assembler.setHandleInvalid(invalid);
            Dataset<Row> assigned = model.transform(stream);
            System.out.printf("    %-5s  %s%n", invalid, outcome(assigned.select("customer", "segment")));
        }
    }

    /** The output of both files, or why the query fails. */
    private static String outcome(Dataset<Row> query) throws Exception {
        try {
            return CollectedBatches.of(CollectedQuery.run(query, "append")).output();
        } catch (StreamingQueryException e) {
            List<Throwable> causes = Causes.of(e);
            return "the query fails: " + SparkErrors.reason(causes.get(causes.size() - 1));
        }
    }

    /** The segments with their mean amount and number of payments, in order of their numbers. */
    private static List<Row> centres(Dataset<Row> assigned) {
        return assigned.groupBy("segment")
                .agg(avg("mean"), avg("payments"))
                .sort("segment")
                .collectAsList();
    }

    /** A name that does not depend on the number of a segment: its rank by mean amount. */
    private static Column named(List<Row> centres) {
        List<Row> byMean = centres.stream()
                .sorted(Comparator.comparing(centre -> centre.getDouble(1)))
                .toList();
        Column name = lit(null);
        for (int i = 0; i < byMean.size(); i++) {
            name = when(col("segment").equalTo(byMean.get(i).getInt(0)), "mean-" + (i + 1))
                    .otherwise(name);
        }
        return name;
    }

    /** Customers with the mean amount and the number of their genuine payments from a day to another, exclusive. */
    private static Dataset<Row> customers(SparkSession spark, int fromDay, int toDay) {
        var simulator =
                new Simulator(Simulator.Settings.defaults().withCustomers(200).withTerminals(1000));
        List<Row> payments = simulator
                .payments(fromDay, toDay)
                .filter(simulated -> !simulated.isFraud())
                .map(simulated -> PaymentRow.of(simulated.payment()))
                .toList();
        return spark.createDataFrame(payments, PaymentRow.SCHEMA)
                .groupBy("customer")
                .agg(avg(col("amount").cast("double")).as("mean"), count(lit(1)).as("payments"))
                .repartition(1) // k-means depends on the partitions and on the order of rows
                .sortWithinPartitions("customer");
    }

    public static void main(String[] args) {
        Program.run(new SegmentsOnAStream(), args);
    }
}
