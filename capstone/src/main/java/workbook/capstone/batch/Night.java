package workbook.capstone.batch;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import workbook.capstone.inference.Models;
import workbook.capstone.inference.Training;
import workbook.capstone.spark.Lake;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/** What is done at night for a pipeline, and told as it is done. */
final class Night {

    private final SparkSession spark;
    private final Lake lake;
    /** Null: when all is known. */
    private final Instant asOf;

    Night(SparkSession spark, Lake lake, Instant asOf) {
        this.spark = spark;
        this.lake = lake;
        this.asOf = asOf;
    }

    /** All of it, for a pipeline that goes on. The bank knows what the simulation with this seed knows. */
    void work(Models models, long seed) {
        Chargebacks.report(spark, lake, frauds(seed));
        Instant time = tables();
        retrain(models, time);
        lake.compact(spark);
    }

    private static Map<Long, Instant> frauds(long seed) {
        Simulator.Settings simulation = Simulator.Settings.defaults().withSeed(seed);
        return Training.unknownPayments(new Simulator(simulation), simulation)
                .filter(SimulatedPayment::isFraud)
                .collect(Collectors.toMap(fraud -> fraud.payment().id(), fraud -> fraud.payment().time()));
    }

    /** The {@link DailyJob}; its time. */
    Instant tables() {
        DailyJob job = new DailyJob(spark, lake.folder());
        Instant time = asOf == null ? job.allKnown() : asOf;
        DailyJob.Findings found = job.run(time);
        print("The nightly job, as of %s%n", time);
        print("  gold/hourly_revenue  %,d hours%n", found.hours());
        print("  gold/terminal_risk   %,d terminals; %,d of %,d payments were frauds%n", found.terminals(),
                found.frauds(), found.judged());
        print("  gold/model_quality   %s%n%n", found.quality());
        return time;
    }

    private void retrain(Models models, Instant time) {
        try {
            String before = models.inUse().orElseThrow();
            Retraining.Result result = Retraining.run(spark, lake, models, time);
            print("A new model from %,d payments, compared on the %,d after them%n", result.learnt(), result.compared());
            print("  %-8s  %s%n", before, result.inUse());
            print("  %-8s  %s%n", "new", result.candidate());
            print("  %s%n", result.published() == null ? before + " stays" : result.published() + " is in use now");
        } catch (Retraining.TooFewFraudsException e) {
            print("No new model. %s%n", e.getMessage());
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
