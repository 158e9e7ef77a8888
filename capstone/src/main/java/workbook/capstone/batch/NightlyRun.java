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

/** The nightly run of a pipeline. It prints each step. */
final class NightlyRun {

    private final SparkSession spark;
    private final Lake lake;
    /** Null for the time when all labels are known. */
    private final Instant asOf;

    private final Engine engine;

    NightlyRun(SparkSession spark, Lake lake, Instant asOf, Engine engine) {
        this.spark = spark;
        this.lake = lake;
        this.asOf = asOf;
        this.engine = engine;
    }

    /** Runs all steps for a running pipeline. The chargebacks are those of the simulation with this seed. */
    void runAll(ModelRegistry models, long seed) {
        models.requireActiveName(); // fails before anything is written if there is no model
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

    /** Writes the {@link GoldTables}, and returns their time. */
    Instant updateGoldTables() {
        GoldTables job = new GoldTables(spark, lake.folder(), engine);
        Instant time = asOf == null ? job.allKnown() : asOf;
        GoldTables.Result found = job.run(time);
        print("Gold tables, as of %s%n", time);
        print("  gold/hourly_revenue     %,d hours, %,.2f in all, by %s%n", found.hours(), found.revenue(), engine);
        print(
                "  gold/terminal_risk      %,d terminals; %,d of %,d payments were frauds%n",
                found.terminals(), found.frauds(), found.labelled());
        print(
                "  gold/model_quality      complete days: %,d; of all payments: %s%n",
                found.judgedDays(), found.quality());
        print(
                "  gold/score_drift        days with an index: %,d; days whose scores have drifted: %,d%n",
                found.drift().days(), found.drift().moved());
        print("  gold/customer_segments  %s%n%n", found.customers());
        return time;
    }

    /**
     * Rebuilds the profiles, trains a new regression, and publishes one model: with the new regression if it is at
     * least as good, else with the active one.
     */
    void updateModel(ModelRegistry models, Instant time) {
        String before = models.requireActiveName();
        FraudModel fresh = rebuildProfiles(models.load(before), time);
        Optional<FraudModel> better = retrained(before, fresh, time);
        String after = better.map(models::publish).orElseGet(() -> models.refresh(fresh));
        print(
                "  Published %s: %s, with the new profiles%n",
                after, better.isPresent() ? "the new regression" : "the regression of " + before);
    }

    private FraudModel rebuildProfiles(FraudModel model, Instant time) {
        Profiles profiles = new FreshProfiles(spark, lake, model.history()).asOf(time);
        print(
                "Profiles rebuilt, as of %sT00:00:00Z: %,d customers, %,d terminals%n%n",
                profiles.day(), profiles.customers(), profiles.terminals());
        return model.withProfiles(profiles);
    }

    private Optional<FraudModel> retrained(String before, FraudModel model, Instant time) {
        try {
            Retraining.Result result = Retraining.run(spark, lake, model, time);
            print(
                    "New regression, trained on %,d payments, evaluated on the %,d after them%n",
                    result.trainedOn(), result.evaluatedOn());
            print("  %-8s  %s%n", before, result.active());
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
