package workbook.capstone;

import picocli.CommandLine.Option;

/** The option of a command that creates missing topics. */
final class TopicOptions {

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "2",
            description = "partitions of the topic payments, if it does not exist yet (default: ${DEFAULT-VALUE})")
    private int partitions;

    int partitions() {
        return partitions;
    }
}
