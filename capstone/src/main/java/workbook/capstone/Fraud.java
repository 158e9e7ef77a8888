package workbook.capstone;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import workbook.capstone.batch.BatchCommand;
import workbook.capstone.monitoring.GoldReader;
import workbook.capstone.monitoring.ProgressLine;
import workbook.capstone.monitoring.RateRecorder;
import workbook.capstone.monitoring.RunRecord;
import workbook.capstone.spark.FeaturesJob;
import workbook.capstone.spark.Lake;
import workbook.kit.DurationConverter;
import workbook.kit.Program;
import workbook.kit.ProjectFolder;
import workbook.kit.Scratch;
import workbook.kit.app.Bricks;
import workbook.kit.app.ShutdownHandler;

/** {@code ./jbang fraud}: runs the pipeline for a while, shows its progress, and prints the definition of done. */
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
            RecoverCommand.class,
            PageCommand.class
        },
        description = "Streams simulated card payments through Kafka, scores them in Spark, and prints a summary.",
        footer = {"", "Exit code: 0 if every point of the summary passed, else 1. Ctrl-C stops early and cleanly."})
public final class Fraud implements Callable<Integer> {

    private static final Bricks BRICKS = new Bricks(
            List.of(
                    "lesson02.ParsePayments",
                    "lesson02.IdempotentSink",
                    "lesson03.EnrichPayments",
                    "lesson04.CardProfile",
                    "lesson05.DeduplicatePayments",
                    "lesson06.LagMeter",
                    "lesson07.ScorePayments",
                    "lesson07.FeatureSink",
                    "lesson07.JudgeTheModel",
                    "lesson07.DriftAlarm",
                    "lesson08.KeepTheNewest",
                    "lesson08.CustomerAnalytics",
                    "lesson09.CircuitBreaker",
                    "lesson09.ReplayTheDead",
                    "lesson09.TwoTablesOneBatch",
                    "lesson09.AfterTheCheckpoint",
                    "lesson10.ReadTheBill"),
            Fraud.class);

    /** Latencies of the first seconds are excluded: they measure the JIT compiler. */
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "how long to send payments (default: ${DEFAULT-VALUE})")
    private Duration length;

    @Mixin
    private LoadOptions load;

    @Mixin
    private TopicOptions topics;

    @Option(
            names = "--lake",
            paramLabel = "DIR",
            description = "a new folder for the Delta tables (default: a temporary one)")
    private Path lake;

    @Option(
            names = Bricks.MINE,
            scope = ScopeType.INHERIT,
            description = "run on your own bricks; unsolved bricks are borrowed from the answers")
    private boolean mine;

    @Option(
            names = Bricks.OPTION,
            hidden = true,
            defaultValue = "",
            description = "whose the bricks on the class path are; set by --mine for the JVM that it starts")
    private String bricks;

    @Mixin
    private FormatOptions formats;

    @Option(names = "--bench", description = "measure the highest rate on this machine instead")
    private boolean bench;

    @Option(names = "--formats", description = "with --bench: measure the backlog only, as JSON and as Avro in turn")
    private boolean bothFormats;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "size of the backlog in --bench, in payments (default: ${DEFAULT-VALUE})")
    private long backlog;

    @Mixin
    private PageOptions pageOptions;

    @Spec
    private CommandSpec spec;

    private ShutdownHandler stopping;

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Program.run(List.of(args).contains(Bricks.MINE) ? new Mine() : new Fraud(), args);
    }

    /** The same command, with the learner's bricks on the class path. */
    @Command(name = "fraud")
    static final class Mine implements Callable<Integer> {

        @Option(names = Bricks.MINE)
        private boolean mine;

        @Unmatched
        private List<String> arguments = new ArrayList<>();

        /** Returns the arguments without {@code --mine}. */
        List<String> arguments() {
            return arguments;
        }

        @Override
        public Integer call() {
            return BRICKS.run(arguments, isForCommand());
        }

        /** Summary and page of the pipeline itself state whose the bricks are; its commands have no such place. */
        private boolean isForCommand() {
            return arguments.stream().anyMatch(new CommandLine(new Fraud()).getSubcommands()::containsKey);
        }
    }

    @Override
    public Integer call() throws Exception {
        if (bench && bothFormats) {
            try (Backlog queries = new Backlog(load.seed(), topics.partitions(), backlog, variant())) {
                new FormatBenchmark(queries).run();
            }
            return 0;
        }
        if (bench) {
            new Benchmark(load.seed(), topics.partitions(), backlog, variant(), formats.encoding()).run();
            return 0;
        }
        if (lake != null && new Lake(lake).exists()) {
            throw new ParameterException(
                    spec.commandLine(),
                    lake + " contains the lake of an earlier run. Choose another folder, or delete it.");
        }
        if (lake != null && Files.exists(lake) && !Files.isDirectory(lake)) {
            throw new ParameterException(spec.commandLine(), lake + " is not a folder.");
        }
        stopping = ShutdownHandler.register();
        System.out.println("Starting Kafka and Spark, and training a model on seven weeks of payments ...");
        Path tables = lake != null ? lake : Scratch.folder("lake-");
        try (PageOptions.OpenPage page = pageOptions.open();
                Pipeline pipeline = Pipeline.start(new Pipeline.Settings(
                        load.seed(),
                        topics.partitions(),
                        load.malformedShare(),
                        tables,
                        variant(),
                        areMine(),
                        formats.encoding(),
                        load.evolveAfter()))) {
            page.follow(new PipelineSnapshots(pipeline), new GoldReader(tables), bricks);
            System.out.printf(
                    "Trained the model on %,d payments, %,d of them frauds. Sending payments.%n%n",
                    pipeline.model().examples(), pipeline.model().frauds());
            Summary summary = flow(pipeline);
            pipeline.finish();
            System.out.print(summary.text());
            save(summary.record());
            return summary.holds() ? 0 : 1;
        }
    }

    /** A record that cannot be written does not fail the run. */
    private static void save(RunRecord run) {
        try {
            ProjectFolder.find().ifPresent(run::saveTo);
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage());
        }
    }

    @SuppressWarnings("try") // the line updates itself until it is closed
    private Summary flow(Pipeline pipeline) {
        Duration half = length.dividedBy(2);
        Duration warmUp = WARM_UP.compareTo(half) < 0 ? WARM_UP : half;
        long before = pipeline.outcomes().scored();
        long began = System.nanoTime();
        try (RateRecorder perSecond = new RateRecorder(pipeline.outcomes()::scored);
                ProgressLine line = new ProgressLine(length, new ProgressMessage(pipeline))) {
            pipeline.run(load.rate(), warmUp, this::isRunning);
            if (isRunning()) {
                pipeline.outcomes().endWarmUp();
                pipeline.run(load.rate(), length.minus(warmUp), this::isRunning);
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

    /** Whether this JVM was started by {@code --mine}. */
    private boolean areMine() {
        return !bricks.isEmpty();
    }

    private FeaturesJob.Variant variant() {
        return areMine() ? FeaturesJob.Variant.EXERCISES : FeaturesJob.Variant.PIPELINE;
    }

    private boolean isRunning() {
        return !stopping.isRequested();
    }
}
