package workbook.capstone;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import workbook.capstone.format.OpenFormat;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.LakeRecovery;
import workbook.capstone.spark.PipelineFolder;
import workbook.capstone.spark.Sessions;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;

/** {@code ./jbang fraud recover}: gives the lake's query a new checkpoint. */
@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "After the lake's checkpoint is lost: finds in the lake where its query must go on, appends what is"
                        + " missing, and leaves a new checkpoint. It uses the broker that WORKBOOK_KAFKA names.",
        footer = {"", "Stop the lake's query first, and start it again afterwards: ./jbang fraud jobs lake --home DIR"})
final class RecoverCommand implements Callable<Integer> {

    @Option(names = "--home", paramLabel = "DIR", required = true, description = "folder of the pipeline")
    private Path home;

    @Mixin
    private FormatOptions formats;

    @Override
    public Integer call() throws Exception {
        PipelineFolder folder = new PipelineFolder(home.toAbsolutePath().normalize());
        Path checkpoint = folder.checkpoint("lake");
        try (OpenFormat format = formats.open(folder.schemas(), 0);
                LocalKafka kafka = Topics.externalBroker()) {
            LakeRecovery recovery =
                    new LakeRecovery(kafka.bootstrapServers(), format.format(), new Lake(folder.lake()), checkpoint);
            if (!recovery.isNeeded()) {
                throw new IllegalStateException("The lake's query has a checkpoint in " + checkpoint
                        + ". If it is damaged, move that folder away and try again.");
            }
            try (SparkSession spark = Sessions.start(1)) {
                print(recovery.run(spark));
            }
        }
        return 0;
    }

    private static void print(LakeRecovery.Result result) {
        System.out.println("read from         " + result.from().toJson());
        result.lost()
                .forEach(lost -> System.out.println("lost              " + lost + ": the topic no longer has them"));
        System.out.printf("added to bronze   %,d records%n", result.records());
        System.out.printf("added to silver   %,d payments%n", result.payments());
    }
}
