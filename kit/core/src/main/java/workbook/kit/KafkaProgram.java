package workbook.kit;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A program that starts a Kafka broker and stops it when {@link #run} returns. */
@Command(mixinStandardHelpOptions = true)
public abstract class KafkaProgram implements Callable<Integer> {

    /** Runs the program. An exception ends it with a message and exit code 1. */
    protected abstract void run(LocalKafka kafka) throws Exception;

    @Override
    public final Integer call() throws Exception {
        try (LocalKafka kafka = LocalKafka.start()) {
            run(kafka);
            return 0;
        }
    }
}
