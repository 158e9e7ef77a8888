///usr/bin/env jbang "$0" "$@" ; exit $?
// Spark in `./jbang race`, in micro-batches: the answer of the exercise HourlyRevenue.
//JAVA 17+
//SOURCES Start.java
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../solutions/lesson05/src/main/java/lesson05/HourlyRevenue.java
package race;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import lesson05.HourlyRevenue;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import workbook.kit.spark.PaymentRow;

class OnSpark {

    public static void main(String[] args) throws Exception {
        Start start = Start.of(args);
        Dataset<Row> payments = payments(start)
                .select(from_json(col("value"), PaymentRow.SCHEMA).as("payment"))
                .select("payment.*");
        Dataset<Row> revenue = new HourlyRevenue().revenue(payments);
        run(start, writer(start, revenue.select(to_json(struct("*")).as("value"))));
    }

    /** The payments as JSON, in the column {@code value}. */
    static Dataset<Row> payments(Start start) {
        SparkSession.Builder session = SparkSession.builder()
                .appName(start.name())
                .master("local[2]")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.ui.enabled", "false");
        start.settings().forEach(session::config);
        return session.getOrCreate()
                .readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", start.bootstrapServers())
                .option("subscribe", start.payments())
                .option("startingOffsets", "earliest")
                .load()
                .select(col("value").cast("string"));
    }

    /** Writes the column {@code value} to the topic of results. */
    static DataStreamWriter<Row> writer(Start start, Dataset<Row> results) {
        DataStreamWriter<Row> writer = results.writeStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", start.bootstrapServers())
                .option("topic", start.results())
                .option("checkpointLocation", start.folder().toString());
        start.settings().forEach((key, value) -> {
            if (key.startsWith("kafka.")) {
                writer.option(key, value);
            }
        });
        return writer;
    }

    static void run(Start start, DataStreamWriter<Row> writer) throws Exception {
        start.ready(writer.start()::awaitTermination);
    }
}
