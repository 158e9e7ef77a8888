///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//DEPS org.apache.spark:spark-mllib_2.13:4.2.0
package lesson07;

import java.util.List;
import org.apache.spark.ml.*;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.StreamingQueryException;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.explain.Causes;
import workbook.kit.spark.*;

/** A pipeline of MLlib on a stream with a null: the query fails, or the row is missing. */
@Command(description = "A null in a pipeline of MLlib.")
public class NullsInAPipeline extends SparkProgram {

    private static final String SCHEMA = "customer INT, mean DOUBLE, payments INT";

    /** Two features in one vector, then k-means. */
    public static Pipeline pipeline(String handleInvalid) {
        VectorAssembler assembler = new VectorAssembler()
                .setInputCols(new String[] {"mean", "payments"})
                .setOutputCol("features")
                .setHandleInvalid(handleInvalid);
        return new Pipeline().setStages(new PipelineStage[] {
            assembler, new KMeans().setK(2).setSeed(1).setPredictionCol("segment")
        });
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Mllib.useJavaOnly();
        Dataset<Row> customers = SmallTable.of(spark, SCHEMA, "501 90.0 11, 502 85.0 10, 503 30.0 7");
        Inbox inbox = Inbox.create().deliver("customer mean payments", "504 null 9, 505 30.0 7");
        System.out.println("504 without a mean, and 505");
        for (String invalid : List.of("error", "skip", "keep")) {
            PipelineModel model = pipeline(invalid).fit(customers);
            Dataset<Row> assigned = model.transform(inbox.stream(spark, SCHEMA));
            System.out.printf("    %-5s  %s%n", invalid, outcome(assigned.select("customer", "segment")));
        }
    }

    /** The output, or why the query fails. */
    private static String outcome(Dataset<Row> query) throws Exception {
        try {
            return CollectedBatches.of(CollectedQuery.run(query, "append")).output();
        } catch (StreamingQueryException e) {
            List<Throwable> causes = Causes.of(e);
            return "the query fails: " + SparkErrors.reason(causes.get(causes.size() - 1));
        }
    }

    public static void main(String[] args) {
        Program.run(new NullsInAPipeline(), args);
    }
}
