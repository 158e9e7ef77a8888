///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES SchemaRegistry.java
package lesson13;

import java.time.Duration;
import java.util.*;
import org.apache.avro.Schema;
import org.apache.avro.generic.*;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.schemas.*;

/** Records of two versions in one topic, and what readers get of each. */
@Command(
        description =
                "Records with the ids of their schemas in a topic, read with the old schema and with the new one.")
public class OldAndNewRecords extends KafkaProgram {

    private static final Schema OLD = SchemaRegistry.payment("id:long amount:int");
    private static final Schema NEW = SchemaRegistry.payment("id:long terminal:int=0 amount:int");

    @Override
    protected void run(LocalKafka kafka) throws Exception {
        kafka.createTopic("payments", 1);
        GenericRecord old = record(OLD, Map.of("id", 7L, "amount", 1250));
        GenericRecord changed = record(NEW, Map.of("id", 8L, "terminal", 12, "amount", 300));
        try (LocalRegistry registry = LocalRegistry.start()) {
            RegistryClient client = new RegistryClient(registry.url());
            send(kafka, client, List.of(old, changed));
            for (byte[] value : values(kafka, 2)) {
                print(value, client.schema(WireFormat.schemaId(value)));
            }
        }
    }

    private static GenericRecord record(Schema schema, Map<String, Object> fields) {
        GenericRecord record = new GenericData.Record(schema);
        fields.forEach(record::put);
        return record;
    }

    /** Registers the schema of each record, and sends the record with the id. */
    private static void send(LocalKafka kafka, RegistryClient client, List<GenericRecord> records) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        var bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
            for (GenericRecord record : records) {
                int id = client.register("payments-value", record.getSchema());
                byte[] value = WireFormat.write(id, record);
                producer.send(new ProducerRecord<>("payments", value)).get();
            }
        }
    }

    private static List<byte[]> values(LocalKafka kafka, int count) {
        List<byte[]> values = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            List<TopicPartition> partition = List.of(new TopicPartition("payments", 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            while (values.size() < count) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private static void print(byte[] value, Schema writer) {
        TextTable lines = new TextTable("%-32s  %s");
        lines.row("the value", HexFormat.ofDelimiter(" ").formatHex(value));
        lines.row("  its schema has the id", WireFormat.schemaId(value));
        lines.row("  the reader has the old schema", WireFormat.read(value, writer, OLD));
        lines.row("  the reader has the new schema", WireFormat.read(value, writer, NEW));
        lines.row("  decoded with the old schema", WireFormat.read(value, OLD, OLD));
    }

    public static void main(String... args) {
        Program.run(new OldAndNewRecords(), args);
    }
}
