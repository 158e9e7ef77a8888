package workbook.capstone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import workbook.capstone.format.OpenFormat;
import workbook.capstone.monitoring.GoldReader;
import workbook.capstone.monitoring.ModelMonitoring;
import workbook.capstone.monitoring.TopicSnapshots;
import workbook.capstone.spark.PipelineFolder;
import workbook.capstone.streaming.Positions;
import workbook.capstone.streaming.TopicReader;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;
import workbook.kit.app.ShutdownHandler;

/** {@code ./jbang fraud page}: the live page of a pipeline of other processes. */
@Command(
        name = "page",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Serves the live page of the pipeline on the broker that WORKBOOK_KAFKA names.")
final class PageCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(200);

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "folder of the pipeline's lake, to show the model's quality and drift from its gold tables")
    private Path home;

    @Mixin
    private PageOptions pageOptions;

    @Mixin
    private TopicOptions topics;

    @Mixin
    private FormatOptions formats;

    @Override
    public Integer call() throws InterruptedException {
        ShutdownHandler stopping = ShutdownHandler.register();
        try (OpenFormat format = formats.openExternal();
                LocalKafka kafka = Topics.externalBroker();
                PageOptions.OpenPage page = pageOptions.open()) {
            Topics.create(kafka, topics.partitions());
            String bootstrap = kafka.bootstrapServers();
            Positions ends = Topics.ends(kafka);
            // Reads the topic of queries from its beginning: it holds the status of queries that started earlier.
            Positions from = ends.plus(TopicReader.beginnings(bootstrap, List.of(Topics.QUERIES)));
            TopicSnapshots figures = new TopicSnapshots(ends, format.format());
            try (TopicReader reader = TopicReader.start(bootstrap, from, figures::read)) {
                page.follow(figures, model(), "");
                while (!stopping.await(LOOK)) {
                    reader.throwIfFailed();
                }
            }
        }
        return 0;
    }

    private Supplier<ModelMonitoring> model() {
        return home == null ? () -> ModelMonitoring.NONE : new GoldReader(new PipelineFolder(home).lake());
    }
}
