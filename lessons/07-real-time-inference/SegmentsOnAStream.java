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
import picocli.CommandLine.*;
import workbook.kit.*;
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
        Mllib.useJavaOnly();
        Inbox inbox = Inbox.create().deliver("customer mean payments", "501 90.0 11, 502 50.0 22, 503 30.0 7");
        Dataset<Row> stream = inbox.stream(spark, "customer INT, mean DOUBLE, payments INT");
        for (int night = 1; night <= 2; night++) {
            Dataset<Row> week = customers(spark, night * 7 - 7, night * 7).cache();
            String folder = Scratch.folder("model-").toString();
            pipeline(segments).fit(week).write().overwrite().save(folder);
            PipelineModel model = PipelineModel.load(folder);
            System.out.printf("night %d, learnt from %d customers%n", night, week.count());
            List<Row> centres = centres(model.transform(week));
            centres.forEach(c -> System.out.printf(
                    "    segment %d  mean %5.2f  payments %4.1f%n", c.getInt(0), c.getDouble(1), c.getDouble(2)));
            Dataset<Row> assigned = model.transform(stream).withColumn("name", named(centres));
            System.out.println("    the stream, by number  " + output(assigned.select("customer", "segment")));
            System.out.println("    the stream, by name    " + output(assigned.select("customer", "name")));
        }
    }

    private static String output(Dataset<Row> query) throws Exception {
        return CollectedBatches.of(CollectedQuery.run(query, "append")).output();
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
        Simulator simulator = Simulator.of(200, 1000, 183);
        return PaymentRow.table(spark, simulator.payments(fromDay, toDay))
                .where("NOT fraud")
                .groupBy("customer")
                .agg(expr("avg(double(amount)) AS mean"), expr("count(*) AS payments"))
                .repartition(1) // k-means depends on the partitions and on the order of rows
                .sortWithinPartitions("customer");
    }

    public static void main(String[] args) {
        Program.run(new SegmentsOnAStream(), args);
    }
}
