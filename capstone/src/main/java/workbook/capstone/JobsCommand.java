package workbook.capstone;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import workbook.capstone.features.SharedFeatureStore;
import workbook.capstone.format.Format;
import workbook.capstone.format.OpenFormat;
import workbook.capstone.inference.ActiveModel;
import workbook.capstone.monitoring.QueryStatusListener;
import workbook.capstone.monitoring.QueryStatusPublisher;
import workbook.capstone.spark.BatchJob;
import workbook.capstone.spark.CustomersJob;
import workbook.capstone.spark.FeaturesJob;
import workbook.capstone.spark.Job;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.LakeJob;
import workbook.capstone.spark.PipelineFolder;
import workbook.capstone.spark.ScoringJob;
import workbook.capstone.spark.Sessions;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;
import workbook.kit.app.ShutdownHandler;

/** {@code ./jbang fraud jobs}: runs some or all of the pipeline's queries until it is stopped. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs the pipeline's queries until it is stopped, on the broker that WORKBOOK_KAFKA names.",
        footer = {
            "",
            "A failed query is restarted from its checkpoint. Under spark-submit the queries run on the cluster."
        })
final class JobsCommand implements Callable<Integer> {

    private static final String EARLIEST = "earliest";

    @Parameters(paramLabel = "QUERY", arity = "0..*", description = "scoring, lake, features, customers (default: all)")
    private List<String> names = List.of();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            required = true,
            description = "folder of the models, checkpoints and the lake; on a cluster, shared by all machines")
    private Path home;

    @Option(
            names = "--store",
            paramLabel = "URL",
            defaultValue = "embedded:fraud",
            description = "the online store: embedded:NAME in this JVM, or redis://host:port[/db]"
                    + " (default: ${DEFAULT-VALUE})")
    private String store;

    @Mixin
    private TopicOptions topics;

    @Mixin
    private FormatOptions formats;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "with --format avro: port of the schema registry in this process, unless WORKBOOK_REGISTRY"
                    + " names another (default: ${DEFAULT-VALUE}); its schemas are kept in --home")
    private int registryPort;

    @Spec
    private CommandSpec spec;

    @Override
    @SuppressWarnings("try") // the status is published until it is closed
    public Integer call() throws Exception {
        PipelineFolder folder = new PipelineFolder(home.toAbsolutePath().normalize());
        ActiveModel.of(folder.models()); // fails before anything is started if there is no model
        requireStore();
        ShutdownHandler stopping = ShutdownHandler.register();
        try (OpenFormat format = formats.open(folder.schemas(), registryPort);
                LocalKafka kafka = Topics.externalBroker();
                SparkSession spark = Sessions.start(topics.partitions())) {
            format.registry().ifPresent(url -> System.out.println("Schema registry: " + url));
            Topics.create(kafka, topics.partitions());
            Map<String, Job> all = jobs(kafka.bootstrapServers(), format.format(), folder);
            List<Job> wanted = wanted(all);
            if (wanted.stream().anyMatch(ScoringJob.class::isInstance)) {
                Sessions.requireSlots(
                        spark, Topics.ends(kafka).of(Topics.PAYMENTS).partitions());
            }
            QueryStatusListener queries = QueryStatusListener.on(spark);
            try (QueryStatusPublisher reports = QueryStatusPublisher.start(kafka.bootstrapServers(), queries);
                    QuerySupervisor running = new QuerySupervisor(spark, wanted, System.out::println)) {
                running.run(() -> !stopping.isRequested());
            }
            return 0;
        }
    }

    private void requireStore() {
        try {
            SharedFeatureStore.of(store);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private Map<String, Job> jobs(String bootstrap, Format format, PipelineFolder folder) {
        Map<String, Job> jobs = new LinkedHashMap<>();
        Lake lake = new Lake(folder.lake());
        for (Job job : List.of(
                new ScoringJob(bootstrap, format, EARLIEST, folder.models(), store, folder.checkpoint("scoring")),
                new LakeJob(bootstrap, format, EARLIEST, lake, folder.checkpoint("lake"), BatchJob.EVERY_10_SECONDS),
                new FeaturesJob(
                        bootstrap,
                        format,
                        EARLIEST,
                        store,
                        lake,
                        FeaturesJob.Variant.PIPELINE,
                        folder.checkpoint("features"),
                        BatchJob.EVERY_10_SECONDS),
                new CustomersJob(bootstrap, lake, folder.checkpoint("customers"), BatchJob.EVERY_MINUTE))) {
            jobs.put(job.name(), job);
        }
        return jobs;
    }

    private List<Job> wanted(Map<String, Job> all) {
        for (String name : names) {
            if (!all.containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "Unknown query " + name + ". Known queries: " + String.join(", ", all.keySet()));
            }
        }
        return names.isEmpty()
                ? List.copyOf(all.values())
                : names.stream().map(all::get).toList();
    }
}
