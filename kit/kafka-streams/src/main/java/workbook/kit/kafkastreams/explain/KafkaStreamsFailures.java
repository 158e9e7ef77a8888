package workbook.kit.kafkastreams.explain;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.errors.StreamsException;
import workbook.kit.explain.EngineErrors;
import workbook.kit.explain.ExplanationRule;

/** The exceptions of Kafka Streams, as learners read them. */
public final class KafkaStreamsFailures implements EngineErrors {

    private static final String PACKAGE = "org.apache.kafka.streams.";

    @Override
    public List<ExplanationRule> explanationRules() {
        return KafkaStreamsRules.ALL;
    }

    /** A {@link StreamsException} with a cause only says where that was thrown. */
    @Override
    public Optional<ErrorDetails> details(Throwable thrown) {
        return thrown.getClass().getName().startsWith(PACKAGE)
                ? Optional.of(new ErrorDetails("", thrown.getCause() == null, List.of(), Optional.empty()))
                : Optional.empty();
    }

    @Override
    public boolean isAt(StackTraceElement frame) {
        return frame.getClassName().startsWith(PACKAGE);
    }

    @Override
    public String fallbackExplanation(Throwable thrown) {
        return "Kafka Streams could not run this topology.";
    }
}
