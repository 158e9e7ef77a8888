package workbook.kit;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A program with a Kafka broker of its own, which stops when the program ends. */
@Command(mixinStandardHelpOptions = true)
public abstract class KafkaProgram implements Callable<Integer> {

    /** What the program does. An exception ends it with a sentence and exit code 1. */
    protected abstract void run(LocalKafka kafka) throws Exception;

    @Override
    public final Integer call() throws Exception {
        try (LocalKafka kafka = LocalKafka.start()) {
            run(kafka);
            return 0;
        }
    }
}
