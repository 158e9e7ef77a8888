///usr/bin/env jbang "$0" "$@" ; exit $?
// The benefit of rebuilding the capstone's lookups every night: the quality of its scores, week by week.
//JAVA 17+
//SOURCES ../kit/core/src/main/java/workbook/kit/*.java
//SOURCES ../kit/models/src/main/java/workbook/kit/models/*.java
//SOURCES ../capstone/src/main/java/workbook/capstone/inference/*.java
//SOURCES ../capstone/src/main/java/workbook/capstone/batch/Quality.java
//DEPS org.tribuo:tribuo-classification-sgd:4.3.2
//DEPS org.tribuo:tribuo-classification-core:4.3.2
//DEPS org.tribuo:tribuo-classification-tree:4.3.2
//DEPS org.tribuo:tribuo-common-tree:4.3.2
//DEPS org.tribuo:tribuo-core:4.3.2
//DEPS org.tribuo:tribuo-math:4.3.2
//DEPS com.fasterxml.jackson.core:jackson-databind:2.21.8
package benchmarks;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.capstone.batch.Quality;
import workbook.capstone.inference.Features;
import workbook.capstone.inference.FraudModel;
import workbook.capstone.inference.Lookup;
import workbook.capstone.inference.ProfileHistory;
import workbook.capstone.inference.Training;
import workbook.kit.Program;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/**
 * Scores the payments after the training with one regression and three lookups: those of the training; customers as of
 * the night before, which is close to the stream's state, with terminals as of the training; both as of the night
 * before.
 */
@Command(name = "FreshLookups", mixinStandardHelpOptions = true, description = "Measures the benefit of fresh lookups.")
public class FreshLookups implements Callable<Integer> {

    private static final int WEEK = 7;
    /** The index of the first terminal feature among the twelve of a {@link Lookup}. */
    private static final int TERMINAL = 6;

    @Option(names = "--weeks", defaultValue = "8", description = "number of weeks (default: ${DEFAULT-VALUE})")
    int weeks;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the simulation (default: ${DEFAULT-VALUE})")
    long seed;

    public static void main(String[] args) {
        Program.run(new FreshLookups(), args);
    }

    @Override
    public Integer call() {
        Simulator.Settings settings = Simulator.Settings.defaults().withSeed(seed);
        Simulator simulator = new Simulator(settings);
        FraudModel model = Training.on(simulator, settings);
        System.out.println(
                "ROC AUC, average precision   lookups of the training   fresh customers   all fresh each night");
        for (int week = 1; week <= weeks; week++) {
            week(week, simulator, model);
        }
        return 0;
    }

    private static void week(int week, Simulator simulator, FraudModel model) {
        ProfileHistory history = model.history(); // used only here
        List<Quality.LabelledScore> stale = new ArrayList<>();
        List<Quality.LabelledScore> customers = new ArrayList<>();
        List<Quality.LabelledScore> fresh = new ArrayList<>();
        int from = Training.HISTORY_DAYS + (week - 1) * WEEK;
        for (int day = from; day < from + WEEK; day++) {
            Lookup first = model.profiles();
            Lookup nightly = history.profiles();
            List<SimulatedPayment> payments = simulator.day(day);
            for (SimulatedPayment payment : payments) {
                stale.add(evaluate(payment, model, first));
                customers.add(evaluate(payment, model, customersOnly(nightly, first)));
                fresh.add(evaluate(payment, model, nightly));
            }
            history.addDay(payments);
        }
        System.out.printf(
                Locale.ROOT,
                "  week %-2d                             %s     %s          %s%n",
                week,
                text(stale),
                text(customers),
                text(fresh));
    }

    private static Lookup customersOnly(Lookup fresh, Lookup stale) {
        return (features, offset, payment) -> {
            double[] known = features.clone();
            fresh.copyTo(known, offset, payment);
            stale.copyTo(features, offset, payment);
            System.arraycopy(known, offset, features, offset, TERMINAL);
        };
    }

    private static Quality.LabelledScore evaluate(SimulatedPayment simulated, FraudModel model, Lookup lookup) {
        double score = model.score(Features.of(simulated.payment(), lookup));
        return new Quality.LabelledScore(
                LocalDate.ofInstant(simulated.payment().time(), ZoneOffset.UTC),
                simulated.payment().customer(),
                score,
                simulated.isFraud());
    }

    private static String text(List<Quality.LabelledScore> payments) {
        Quality quality = Quality.of(payments);
        return String.format(Locale.ROOT, "%.3f  %.3f", quality.rocAuc(), quality.averagePrecision());
    }
}
