package workbook.capstone;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import workbook.capstone.monitoring.TopicFigures;
import workbook.capstone.streaming.Positions;
import workbook.capstone.streaming.TopicReader;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;

/** {@code ./jbang fraud page}: the live page of a pipeline that runs elsewhere. */
@Command(name = "page", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Shows the pipeline on the broker that WORKBOOK_KAFKA names, until it is stopped.")
final class PageCommand implements Callable<Integer> {

    private static final long LOOK_MILLIS = 200;

    @Mixin
    private PageOptions pageOptions;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "2",
            description = "partitions of the topic payments, if it is to be made (default: ${DEFAULT-VALUE})")
    private int partitions;

    @Override
    @SuppressWarnings("try") // the reader reads until it is closed
    public Integer call() {
        Stopping stopping = Stopping.onSignals();
        try (LocalKafka kafka = Topics.ownBroker(); PageOptions.Shown page = pageOptions.open()) {
            Topics.create(kafka, partitions);
            String bootstrap = kafka.bootstrapServers();
            Positions ends = Topics.ends(kafka);
            // How the queries stood before this process began is known, too.
            Positions from = ends.and(TopicReader.beginnings(bootstrap, List.of(Topics.QUERIES)));
            TopicFigures figures = new TopicFigures(ends);
            try (TopicReader reader = TopicReader.start(bootstrap, from, figures::read)) {
                page.follow(figures, "");
                while (!stopping.isWanted()) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
                }
            }
        }
        return 0;
    }
}
