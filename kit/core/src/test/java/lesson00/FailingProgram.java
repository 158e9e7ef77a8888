package lesson00;

import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine.Command;

/** A program of a lesson after a learner's change. */
@Command
public class FailingProgram implements Callable<Integer> {

    @Override
    public Integer call() {
        new KafkaProducer<String, String>(Map.of());
        return 0;
    }
}
