package workbook.kit.kafkastreams.explain;

import workbook.kit.explain.EngineErrorsByPackage;

/** The exceptions of Kafka Streams, as learners read them. */
public final class KafkaStreamsFailures extends EngineErrorsByPackage {

    public KafkaStreamsFailures() {
        super("org.apache.kafka.streams.", KafkaStreamsRules.ALL, "Kafka Streams could not run this topology.");
    }
}
