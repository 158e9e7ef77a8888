package workbook.capstone.batch;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import workbook.capstone.inference.FraudModel;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.inference.Profiles;
import workbook.capstone.inference.Training;
import workbook.capstone.spark.Lake;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/** What is done at night for a pipeline, and told as it is done. */
final class NightlyRun {

    private final SparkSession spark;
    private final Lake lake;
    /** Null: when all is known. */
    private final Instant asOf;

    NightlyRun(SparkSession spark, Lake lake, Instant asOf) {
        this.spark = spark;
        this.lake = lake;
        this.asOf = asOf;
    }

    /** All of it, for a pipeline that goes on. The bank knows what the simulation with this seed knows. */
    void runAll(ModelRegistry models, long seed) {
        models.requireActiveName(); // before anything is written
        Chargebacks.report(spark, lake, frauds(seed));
        Instant time = updateGoldTables();
        updateModel(models, time);
        lake.compact(spark);
    }

    private static Map<Long, Instant> frauds(long seed) {
        Simulator.Settings simulation = Simulator.Settings.defaults().withSeed(seed);
        return Training.unknownPayments(new Simulator(simulation), simulation)
                .filter(SimulatedPayment::isFraud)
                .collect(Collectors.toMap(
                        fraud -> fraud.payment().id(), fraud -> fraud.payment().time()));
    }

    /** The {@link GoldTables}; its time. */
    Instant updateGoldTables() {
        GoldTables job = new GoldTables(spark, lake.folder());
        Instant time = asOf == null ? job.allKnown() : asOf;
        GoldTables.Result found = job.run(time);
        print("The nightly job, as of %s%n", time);
        print("  gold/hourly_revenue  %,d hours%n", found.hours());
        print(
                "  gold/terminal_risk   %,d terminals; %,d of %,d payments were frauds%n",
                found.terminals(), found.frauds(), found.labelled());
        print("  gold/model_quality   %s%n%n", found.quality());
        return time;
    }

    /** The look-ups anew, and a new regression if it is no worse: one model, published once. */
    void updateModel(ModelRegistry models, Instant time) {
        String before = models.requireActiveName();
        FraudModel fresh = rebuildProfiles(models.load(before), time);
        Optional<FraudModel> better = retrained(before, fresh, time);
        String after = better.map(models::publish).orElseGet(() -> models.refresh(fresh));
        print(
                "  %s is in use now: %s, and the new look-ups%n",
                after, better.isPresent() ? "the new regression" : "the regression of " + before);
    }

    private FraudModel rebuildProfiles(FraudModel model, Instant time) {
        Profiles profiles = new FreshProfiles(spark, lake, model.history()).asOf(time);
        print(
                "The look-ups made anew, as of %sT00:00:00Z: %,d customers, %,d terminals%n%n",
                profiles.day(), profiles.customers(), profiles.terminals());
        return model.withProfiles(profiles);
    }

    private Optional<FraudModel> retrained(String before, FraudModel model, Instant time) {
        try {
            Retraining.Result result = Retraining.run(spark, lake, model, time);
            print(
                    "A new regression from %,d payments, compared on the %,d after them%n",
                    result.trainedOn(), result.evaluatedOn());
            print("  %-8s  %s%n", before, result.inUse());
            print("  %-8s  %s%n", "new", result.candidate());
            return result.model();
        } catch (Retraining.TooFewFraudsException e) {
            print("No new regression. %s%n", e.getMessage());
            return Optional.empty();
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
