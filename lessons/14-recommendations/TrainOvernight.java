///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//DEPS org.apache.spark:spark-mllib_2.13:4.2.0
package lesson14;

import static org.apache.spark.sql.functions.*;

import java.nio.file.Path;
import java.util.*;
import org.apache.spark.ml.recommendation.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** ALS learns in two nights, each model is a folder of its own, and lists come from a plain loop over two tables of numbers. */
@Command(description = "ALS in two nights: versions, halves of two versions, an unknown customer.")
public class TrainOvernight extends SparkProgram {

    @Option(names = "--customer", defaultValue = "17", description = "whose list (${DEFAULT-VALUE})")
    int customer;

    /** Learns from the payments before a day. The result depends on the order of the rows, so they are sorted. */
    public static ALSModel train(SparkSession spark, int days) {
        Dataset<Row> ratings = PaymentRow.table(
                        spark, Simulator.of(300, 1000, 35).payments(0, days))
                .groupBy("customer", "terminal")
                .agg(count("*").as("rating"))
                .repartition(1)
                .sortWithinPartitions("customer", "terminal");
        return new ALS()
                .setUserCol("customer")
                .setItemCol("terminal")
                .setImplicitPrefs(true)
                .setRank(16)
                .setNumBlocks(1)
                .setSeed(days)
                .fit(ratings);
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Mllib.useJavaOnly();
        // ALS cuts its long lineage at checkpoints; without a folder for them it ends with a StackOverflowError.
        spark.sparkContext().setCheckpointDir(Scratch.folder("als-").toString());
        Path models = Scratch.folder("models-");
        train(spark, 28).write().save(models.resolve("1").toString());
        train(spark, 29).write().save(models.resolve("2").toString());
        ALSModel one = ALSModel.load(models.resolve("1").toString());
        ALSModel two = ALSModel.load(models.resolve("2").toString());
        TextTable table = new TextTable("%-34s  %s");
        table.row("", "terminals for customer " + customer);
        table.row("version 1", top(one.userFactors(), one.itemFactors()));
        table.row("version 2", top(two.userFactors(), two.itemFactors()));
        table.row("customers of 2, terminals of 1", top(two.userFactors(), one.itemFactors()));
        table.row("version 2, learnt again", top(train(spark, 29).userFactors(), two.itemFactors()));
        Dataset<Row> asked = SmallTable.of(spark, "customer INT, terminal INT", customer + " 1, 9999 1");
        table.row("customer 9999, nan", predictions(two, asked, "nan"));
        table.row("customer 9999, drop", predictions(two, asked, "drop"));
    }

    /** The terminals with the highest scores: the products of the vectors. */
    private String top(Dataset<Row> customers, Dataset<Row> terminals) {
        List<Float> wanted =
                customers.where(col("id").equalTo(customer)).first().getList(1);
        Map<Integer, Double> scores = new HashMap<>();
        terminals.collectAsList().forEach(row -> scores.put(row.getInt(0), product(wanted, row.getList(1))));
        return scores.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(8)
                .map(Map.Entry::getKey)
                .sorted()
                .toList()
                .toString();
    }

    private static double product(List<Float> a, List<Float> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.get(i) * b.get(i);
        }
        return sum;
    }

    private static List<String> predictions(ALSModel model, Dataset<Row> asked, String strategy) {
        return model.setColdStartStrategy(strategy).transform(asked).sort("customer").collectAsList().stream()
                .map(row -> "%d: %.2f".formatted(row.getInt(0), row.getFloat(2)))
                .toList();
    }

    public static void main(String[] args) {
        Program.run(new TrainOvernight(), args);
    }
}
