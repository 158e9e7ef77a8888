package workbook.capstone;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import workbook.capstone.batch.BatchCommand;
import workbook.capstone.monitoring.PerSecond;
import workbook.capstone.monitoring.ProgressLine;
import workbook.capstone.monitoring.RunRecord;
import workbook.capstone.spark.FeaturesJob;
import workbook.capstone.spark.Lake;
import workbook.kit.DurationConverter;
import workbook.kit.Program;
import workbook.kit.ProjectFolder;
import workbook.kit.Scratch;

/** {@code ./jbang fraud}: runs the pipeline for a while, shows how it goes, and ends with the definition of done. */
@Command(
        name = "fraud",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {
            BatchCommand.class,
            TrainCommand.class,
            SimulateCommand.class,
            JobsCommand.class,
            DeadLettersCommand.class,
            PageCommand.class
        },
        description = "Streams simulated card payments through Kafka, scores them in Spark, and shows how it goes.",
        footer = {"", "Ends with 0 if everything the summary claims held, else with 1. Ctrl-C ends it early, in order."
        })
public final class Fraud implements Callable<Integer> {

    /** The latencies of the first seconds are the compiler's, not the pipeline's. */
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "how long payments flow (default: ${DEFAULT-VALUE})")
    private Duration length;

    @Mixin
    private LoadOptions load;

    @Mixin
    private TopicOptions topics;

    @Option(
            names = "--lake",
            paramLabel = "DIR",
            description = "a new folder for the Delta tables (default: one that goes when the run ends)")
    private Path lake;

    @Option(
            names = "--mine",
            description = "run on your own bricks, and keep a ledger by four of them;"
                    + " those that are unsolved are borrowed from the answers")
    private boolean mine;

    @Option(
            names = Bricks.TOLD,
            hidden = true,
            defaultValue = "",
            description = "whose the bricks on the class path are: so does --mine tell the JVM that it starts")
    private String bricks;

    @Option(names = "--bench", description = "measure what the pipeline bears on this machine, instead")
    private boolean bench;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "payments that wait for the queries in --bench (default: ${DEFAULT-VALUE})")
    private long backlog;

    @Mixin
    private PageOptions pageOptions;

    @Spec
    private CommandSpec spec;

    private Stopping stopping;

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Program.run(new Fraud(), args);
    }

    @Override
    public Integer call() {
        if (mine) {
            return Bricks.run(spec.commandLine().getParseResult().originalArgs().stream()
                    .filter(argument -> !argument.equals("--mine"))
                    .toList());
        }
        if (bench) {
            new Benchmark(load.seed(), topics.partitions(), backlog, brick()).run();
            return 0;
        }
        if (lake != null && new Lake(lake).exists()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "In " + lake + " lies the lake of an earlier run, and the two"
                            + " could not be told apart. Name another folder, or delete that one.");
        }
        if (lake != null && Files.exists(lake) && !Files.isDirectory(lake)) {
            throw new ParameterException(spec.commandLine(), lake + " is not a folder.");
        }
        stopping = Stopping.onSignals();
        System.out.println("Starting Kafka and Spark, and training a model on seven weeks of payments ...");
        Path tables = lake != null ? lake : Scratch.folder("lake-");
        try (PageOptions.Shown page = pageOptions.open();
                Pipeline pipeline = Pipeline.start(new Pipeline.Settings(
                        load.seed(), topics.partitions(), load.malformedShare(), tables, brick(), areMine()))) {
            page.follow(new PipelineFigures(pipeline), bricks);
            System.out.printf(
                    "The model learnt from %,d payments, %,d of them frauds. Now payments flow.%n%n",
                    pipeline.model().examples(), pipeline.model().frauds());
            Summary summary = flow(pipeline);
            pipeline.finish();
            System.out.print(summary.text());
            keep(summary.record());
            return summary.holds() ? 0 : 1;
        }
    }

    /** A disk that is full costs the record, not the run. */
    private static void keep(RunRecord run) {
        try {
            ProjectFolder.find().ifPresent(run::keepIn);
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage());
        }
    }

    @SuppressWarnings("try") // the line draws itself until it is closed
    private Summary flow(Pipeline pipeline) {
        Duration half = length.dividedBy(2);
        Duration warmUp = WARM_UP.compareTo(half) < 0 ? WARM_UP : half;
        long before = pipeline.outcomes().scored();
        long began = System.nanoTime();
        try (PerSecond perSecond = new PerSecond(pipeline.outcomes()::scored);
                ProgressLine line = new ProgressLine(length, new LiveFigures(pipeline))) {
            pipeline.run(load.rate(), warmUp, this::goesOn);
            if (goesOn()) {
                pipeline.outcomes().endWarmUp();
                pipeline.run(load.rate(), length.minus(warmUp), this::goesOn);
            } else {
                warmUp = Duration.ZERO;
            }
            pipeline.drain(PATIENCE);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            double throughput = (pipeline.outcomes().scored() - before) * 1e9 / took.toNanos();
            return new Summary(
                    pipeline, new RunRecord.Flow(took, warmUp, load.rate(), throughput, perSecond.rates()), bricks);
        }
    }

    /** Whether the bricks on the class path are the learner's, or stand in for them. */
    private boolean areMine() {
        return !bricks.isEmpty();
    }

    private FeaturesJob.Brick brick() {
        return areMine() ? FeaturesJob.Brick.CARD_PROFILE : FeaturesJob.Brick.CARD_MEMORY;
    }

    private boolean goesOn() {
        return !stopping.isWanted();
    }
}
