package workbook.capstone;

import picocli.CommandLine.Option;

/** The option of a command that makes the topics if they are not there. */
final class TopicOptions {

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "2",
            description = "partitions of the topic payments, if it is to be made (default: ${DEFAULT-VALUE})")
    private int partitions;

    int partitions() {
        return partitions;
    }
}
