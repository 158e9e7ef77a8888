package workbook.capstone.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import workbook.capstone.inference.Algorithm;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.PipelineFolder;
import workbook.capstone.spark.Sessions;
import workbook.kit.Simulator;

/** {@code ./jbang fraud batch}: compares the model with the handbook's, and runs the nightly job on a lake. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains and tests the model by the handbook's protocol, and runs the nightly job on a lake.",
        footer = {"", "./jbang fraud --lake DIR creates a lake."})
public final class BatchCommand implements Callable<Integer> {

    /** From this index on a feature has drifted: see {@link Drift}. */
    private static final double DRIFTED = 0.1;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "number of simulations to train and test on (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Option(names = "--lake", paramLabel = "DIR", description = "write the gold tables of this lake")
    private Path lake;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "run the whole nightly job for the pipeline in this folder: chargebacks,"
                    + " gold tables, rebuilt profiles, a new regression if it is at least as good, compaction")
    private Path home;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "with --home: seed of the simulation with the chargebacks (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description =
                    "time of the nightly job, such as 2018-06-01T00:00:00Z (default: a week after the last payment)")
    private Instant asOf;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "spark",
            converter = Engine.Converter.class,
            description = "with --lake or --home: the engine that sums the revenue: spark, kafka-streams, flink, beam"
                    + " or storm (default: ${DEFAULT-VALUE}); the result is the same")
    private Engine engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (lake != null) {
            withSpark(new Lake(lake), "./jbang fraud --lake " + lake + " creates one.", NightlyRun::updateGoldTables);
        }
        if (home != null) {
            PipelineFolder folder = new PipelineFolder(home);
            withSpark(
                    new Lake(folder.lake()),
                    "./jbang fraud jobs --home " + home + " writes it.",
                    night -> night.runAll(new ModelRegistry(folder.models()), seed));
        } else if (seeds > 0) {
            protocol();
        }
        return 0;
    }

    private void withSpark(Lake tables, String hint, Consumer<NightlyRun> work) {
        if (!tables.exists()) {
            throw new ParameterException(
                    spec.commandLine(), "There is no table of scored payments in " + tables.folder() + ". " + hint);
        }
        try (SparkSession spark = Sessions.start(1)) {
            work.accept(new NightlyRun(spark, tables, asOf, engine));
        } catch (IOException e) {
            throw new UncheckedIOException("Spark did not stop: " + e.getMessage(), e);
        }
    }

    private void protocol() {
        print(
                "The handbook's protocol: train %s to %s, a week for the labels, test %s to %s%n",
                HandbookProtocol.TRAINING,
                last(HandbookProtocol.TRAINING),
                HandbookProtocol.TEST,
                last(HandbookProtocol.TEST));
        List<HandbookProtocol.Result> results = LongStream.rangeClosed(1, seeds)
                .mapToObj(seed ->
                        HandbookProtocol.on(Simulator.Settings.defaults().withSeed(seed)))
                .toList();
        table("logistic regression", Algorithm.REGRESSION, results);
        table("random forest", Algorithm.FOREST, results);
        drift(results);
    }

    private static void table(String title, Algorithm algorithm, List<HandbookProtocol.Result> results) {
        print(
                "%-19s  %14s  %14s  %8s  %9s  %10s%n",
                title, "train (frauds)", "test (frauds)", "ROC AUC", "avg.prec.", "cards@100");
        row("as published", HandbookProtocol.PUBLISHED, algorithm);
        for (int i = 0; i < results.size(); i++) {
            row("seed " + (i + 1), results.get(i), algorithm);
        }
        List<Quality> quality =
                results.stream().map(result -> result.quality().get(algorithm)).toList();
        row(
                "mean",
                "",
                "",
                new Quality(
                        mean(quality, Quality::rocAuc),
                        mean(quality, Quality::averagePrecision),
                        mean(quality, Quality::cardPrecision)));
    }

    private static void drift(List<HandbookProtocol.Result> results) {
        List<Drift> all =
                results.stream().flatMap(result -> result.drift().stream()).toList();
        List<Drift> moved =
                all.stream().filter(drift -> drift.index() >= DRIFTED).toList();
        Drift most = all.stream().max(Comparator.comparingDouble(Drift::index)).orElseThrow();
        print(
                "Drift from the training to the test week: %d of %d features drifted; %s the most, with a population"
                        + " stability index of %.3f%n",
                moved.size(), all.size(), most.feature(), most.index());
    }

    private static double mean(List<Quality> quality, ToDoubleFunction<Quality> measure) {
        return quality.stream().mapToDouble(measure).average().orElseThrow();
    }

    private static void row(String name, HandbookProtocol.Result result, Algorithm algorithm) {
        row(name, text(result.training()), text(result.test()), result.quality().get(algorithm));
    }

    private static void row(String name, String training, String test, Quality quality) {
        print(
                "  %-17s  %14s  %14s  %8.3f  %9.3f  %10.3f%n",
                name, training, test, quality.rocAuc(), quality.averagePrecision(), quality.cardPrecision());
    }

    private static String text(HandbookProtocol.Week week) {
        return String.format(Locale.ROOT, "%,d (%d)", week.payments(), week.frauds());
    }

    private static LocalDate last(LocalDate first) {
        return first.plusDays(HandbookProtocol.WEEK - 1);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
