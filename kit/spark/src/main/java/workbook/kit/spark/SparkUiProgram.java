package workbook.kit.spark;

import java.time.Duration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine.Option;
import workbook.kit.DurationConverter;

/** A program with Spark's web UI on a free port. {@code --keep} keeps the UI open after {@link #run}. */
public abstract class SparkUiProgram extends SparkProgram {

    @Option(
            names = "--keep",
            converter = DurationConverter.class,
            defaultValue = "0s",
            description = "print the address of the UI and keep it open, for example for 5m")
    private Duration keep;

    /** Runs the program. The queries that it leaves running are stopped when the UI closes. */
    protected abstract void run(SparkSession spark, SparkUi ui) throws Exception;

    @Override
    protected LocalSpark settings() {
        return super.settings().ui(true).set("spark.ui.port", "0"); // a free port
    }

    @Override
    protected final void run(SparkSession spark) throws Exception {
        SparkUi ui = new SparkUi(spark);
        run(spark, ui);
        ui.keepOpen(keep);
        for (StreamingQuery query : spark.streams().active()) {
            query.stop();
        }
    }
}
