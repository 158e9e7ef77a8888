///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Hourly sums in append mode over the same files in different batches: which late rows count. */
@Command(description = "Late rows in different batches.")
public class LateRowsByBatch extends SparkProgram {

    private static final String NO_DATA_BATCHES = "spark.sql.streaming.noDataMicroBatches.enabled";

    @Option(names = "--wait", defaultValue = "30 minutes", description = "the watermark's delay (${DEFAULT-VALUE})")
    String wait;

    /** The input, file by file: the time of a payment and its amount. */
    static final List<String> FILES =
            List.of("09:10 5, 09:50 2", "10:45 1, 09:20 3", "09:55 4, 09:58 6, 10:05 8", "11:40 7");

    /** The query: sums by hour. */
    public static Dataset<Row> hourly(Dataset<Row> payments, String wait) {
        return payments.withWatermark("time", wait)
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount").as("total"))
                .select(col("window.start").as("hour"), col("total"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        TextTable table = new TextTable("%-33s  %s");
        table.row("batches", "output");
        table.row("one file after the other", oneByOne(spark));
        spark.conf().set(NO_DATA_BATCHES, false);
        table.row("the same, without no-data batches", oneByOne(spark));
        spark.conf().unset(NO_DATA_BATCHES);
        table.row("a backlog, one file per batch", backlog(spark, 1));
        table.row("a backlog in one batch", backlog(spark, FILES.size()));
    }

    /** Delivers each file after the query has processed the one before. */
    private String oneByOne(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        List<CollectedBatch<Row>> batches = new ArrayList<>();
        try (var query = CollectedQuery.start(hourly(inbox.stream(spark, Payment.SCHEMA), wait), "append")) {
            for (String file : FILES) {
                inbox.deliver("time amount", file);
                batches.addAll(query.processAllAvailable());
            }
        }
        return CollectedBatches.of(batches).output();
    }

    /** Delivers all files before the query starts. */
    private String backlog(SparkSession spark, int filesPerBatch) throws Exception {
        Inbox inbox = Inbox.create();
        FILES.forEach(file -> inbox.deliver("time amount", file));
        Dataset<Row> payments = spark.readStream()
                .schema(Payment.SCHEMA)
                .option("maxFilesPerTrigger", filesPerBatch)
                .json(inbox.path());
        return CollectedBatches.of(CollectedQuery.run(hourly(payments, wait), "append"))
                .output();
    }

    public static void main(String[] args) {
        Program.run(new LateRowsByBatch(), args);
    }
}
