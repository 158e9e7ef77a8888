package lesson13;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import workbook.kit.KafkaText;
import workbook.kit.LocalKafka;

/** Carries readings from MQTT to Kafka. A message is acknowledged when Kafka has its record. */
final class KafkaBridge implements AutoCloseable {

    private static final String TOPIC = "readings";
    private static final int PARTITIONS = 2;
    private static final long TIMEOUT_SECONDS = 30;

    private final LocalKafka kafka;
    private final Producer<String, String> producer;
    private final LocalMqttClient client;
    private final Semaphore written = new Semaphore(0);

    KafkaBridge(LocalMqttBroker broker, LocalKafka kafka) throws MqttException {
        this.kafka = kafka;
        kafka.createTopic(TOPIC, PARTITIONS);
        producer = KafkaText.producer(kafka, Map.of());
        client = new LocalMqttClient(broker, "bridge").withPersistentSession();
        client.connect();
        client.subscribe("sensors/+/celsius", 1, this::arrived);
    }

    /** The key is the device, the second part of the topic's name. */
    private void arrived(String topic, MqttMessage message) {
        String device = topic.split("/")[1];
        producer.send(new ProducerRecord<>(TOPIC, device, message.toString()), (metadata, failure) -> {
            if (failure == null) {
                client.acknowledge(message);
                written.release();
            }
        });
    }

    /** Waits until Kafka has this number of records, and returns them by partition. */
    List<String> records(int count) throws InterruptedException {
        if (!written.tryAcquire(count, TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Kafka has fewer than " + count + " records");
        }
        List<String> records = new ArrayList<>();
        try (var consumer = KafkaText.consumer(kafka, Map.of())) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                KafkaText.readAll(consumer, new TopicPartition(TOPIC, partition))
                        .forEach(record -> records.add(
                                "partition " + record.partition() + ", " + record.key() + " " + record.value()));
            }
        }
        return records;
    }

    @Override
    public void close() throws MqttException {
        client.close();
        producer.close();
    }
}
