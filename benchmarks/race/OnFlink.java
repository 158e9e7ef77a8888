///usr/bin/env jbang "$0" "$@" ; exit $?
// Flink in `./jbang race`: the answer of the exercise RevenueOnFlink.
//JAVA 17+
//SOURCES Start.java
//SOURCES ../../kit/flink/src/main/java/workbook/kit/flink/*.java
//SOURCES ../../solutions/lesson12/src/main/java/lesson12/RevenueOnFlink.java
//DEPS org.apache.flink:flink-connector-kafka:5.0.0-2.2@fatjar
//DEPS org.apache.flink:flink-connector-base:2.3.0
// JBang takes the versions that the connector's POM manages, those of Flink 2.1, unless they are named.
//DEPS org.apache.flink:flink-annotations:2.3.0
//DEPS org.apache.flink:flink-connector-datagen:2.3.0
//DEPS org.apache.flink:flink-core:2.3.0
//DEPS org.apache.flink:flink-core-api:2.3.0
//DEPS org.apache.flink:flink-metrics-core:2.3.0
//DEPS org.apache.flink:flink-runtime:2.3.0
package race;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import lesson12.RevenueOnFlink;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

class OnFlink {

    public static void main(String[] args) throws Exception {
        Start start = Start.of(args);
        DataStream<ReceivedPayment> payments = payments(start).map(ReceivedPayment::fromJson);
        run(start, new RevenueOnFlink().revenue(payments).map(Revenue::toJson));
    }

    /** The payments as JSON, read with two threads. */
    static DataStream<String> payments(Start start) {
        Map<String, String> settings = new HashMap<>(start.settings());
        settings.put("io.tmp.dirs", start.folder().toString());
        settings.put("execution.checkpointing.dir", start.folder().toUri().toString());
        StreamExecutionEnvironment flink =
                StreamExecutionEnvironment.createLocalEnvironment(2, Configuration.fromMap(settings));
        KafkaSource<String> source = KafkaSource.<String>builder()
                .setBootstrapServers(start.bootstrapServers())
                .setGroupId(start.name())
                .setTopics(start.payments())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setValueOnlyDeserializer(new SimpleStringSchema(UTF_8))
                .build();
        return flink.fromSource(source, WatermarkStrategy.noWatermarks(), "payments");
    }

    /** Writes to the topic of results; the settings of the sink have their names in Flink SQL. */
    static void run(Start start, DataStream<String> results) throws Exception {
        KafkaSinkBuilder<String> sink = KafkaSink.<String>builder()
                .setBootstrapServers(start.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.valueOf(start.settings()
                        .getOrDefault("sink.delivery-guarantee", "none")
                        .toUpperCase()
                        .replace('-', '_')))
                .setTransactionalIdPrefix(start.name())
                .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(start.results())
                        .setValueSerializationSchema(new SimpleStringSchema(UTF_8))
                        .build());
        start.settings().forEach((key, value) -> {
            if (key.startsWith("properties.")) {
                sink.setProperty(key.substring("properties.".length()), value);
            }
        });
        results.sinkTo(sink.build());
        JobClient job = results.getExecutionEnvironment().executeAsync(start.name());
        while (job.getJobStatus().get() != JobStatus.RUNNING) {
            Thread.sleep(10);
        }
        start.ready(() -> job.getJobExecutionResult().get());
    }
}
