package workbook.capstone.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import lesson08.KeepTheNewest;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import workbook.capstone.streaming.CustomerVersion;
import workbook.capstone.streaming.Topics;

/**
 * Keeps the newest version of each customer's master data in the table {@link Lake#CUSTOMERS}, by the brick {@link
 * KeepTheNewest}. Input: {@link Topics#CUSTOMERS}. A query without a checkpoint reads the topic from its beginning. That
 * changes nothing in the table, because the brick ignores versions that are not newer.
 *
 * @param bootstrapServers of the broker
 * @param lake the lake with the table
 * @param checkpoint the query's checkpoint folder
 * @param trigger when it runs
 */
public record CustomersJob(String bootstrapServers, Lake lake, Path checkpoint, Trigger trigger) implements BatchJob {

    private static final StructType SCHEMA = StructType.fromDDL(CustomerVersion.SCHEMA);

    @Override
    public CustomersJob withTrigger(Trigger trigger) {
        return new CustomersJob(bootstrapServers, lake, checkpoint, trigger);
    }

    @Override
    public String name() {
        return "customers";
    }

    @Override
    public StreamingQuery start(SparkSession spark) throws TimeoutException {
        return TopicStream.of(spark, bootstrapServers, "earliest", Topics.CUSTOMERS)
                .load()
                .select(from_json(col("value").cast("string"), SCHEMA).as("version"))
                .select("version.*")
                .writeStream()
                .queryName(name())
                .option("checkpointLocation", checkpoint.toString())
                .trigger(trigger)
                .foreachBatch(new KeepTheNewest()
                        .sink(lake.folder().resolve(Lake.CUSTOMERS).toString()))
                .start();
    }
}
