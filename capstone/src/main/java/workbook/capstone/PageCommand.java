package workbook.capstone;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import workbook.capstone.monitoring.TopicSnapshots;
import workbook.capstone.streaming.Positions;
import workbook.capstone.streaming.TopicReader;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;

/** {@code ./jbang fraud page}: the live page of a pipeline of other processes. */
@Command(
        name = "page",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Serves the live page of the pipeline on the broker that WORKBOOK_KAFKA names.")
final class PageCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(200);

    @Mixin
    private PageOptions pageOptions;

    @Mixin
    private TopicOptions topics;

    @Override
    public Integer call() throws InterruptedException {
        ShutdownHandler stopping = ShutdownHandler.register();
        try (LocalKafka kafka = Topics.externalBroker();
                PageOptions.OpenPage page = pageOptions.open()) {
            Topics.create(kafka, topics.partitions());
            String bootstrap = kafka.bootstrapServers();
            Positions ends = Topics.ends(kafka);
            // Reads the topic of queries from its beginning: it holds the status of queries that started earlier.
            Positions from = ends.plus(TopicReader.beginnings(bootstrap, List.of(Topics.QUERIES)));
            TopicSnapshots figures = new TopicSnapshots(ends);
            try (TopicReader reader = TopicReader.start(bootstrap, from, figures::read)) {
                page.follow(figures, "");
                while (!stopping.await(LOOK)) {
                    reader.throwIfFailed();
                }
            }
        }
        return 0;
    }
}
