///usr/bin/env jbang "$0" "$@" ; exit $?
// Beam in `./jbang race`, on the direct runner: the answer of the exercise RevenueOnBeam.
//JAVA 17+
//SOURCES Start.java
//SOURCES ../../kit/beam/src/main/java/workbook/kit/beam/*.java
//SOURCES ../../solutions/lesson12/src/main/java/lesson12/RevenueOnBeam.java
// Without the libraries that it names for Avro and schema registries; some are not in Maven Central.
//DEPS org.apache.beam:beam-sdks-java-io-kafka:2.73.0@fatjar
package race;

import java.util.Map;
import lesson12.RevenueOnBeam;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.joda.time.Duration;
import org.joda.time.Instant;
import workbook.kit.beam.PaymentCoders;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

class OnBeam {

    public static void main(String[] args) throws Exception {
        Start start = Start.of(args);
        String[] settings = start.settings().entrySet().stream()
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
        DirectOptions options = PipelineOptionsFactory.fromArgs(settings).as(DirectOptions.class);
        options.setBlockOnRun(false);
        Pipeline pipeline = Pipeline.create(options);
        RevenueOnBeam answer = new RevenueOnBeam();
        register(pipeline, PaymentCoders.payments());
        register(pipeline, PaymentCoders.revenues());
        answer.revenue(pipeline.apply(payments(start, answer.bound()).withoutMetadata())
                        .apply(Values.create()))
                .apply(MapElements.into(TypeDescriptors.strings()).via(Revenue::toJson))
                .apply(KafkaIO.<Void, String>write()
                        .withBootstrapServers(start.bootstrapServers())
                        .withTopic(start.results())
                        .withValueSerializer(StringSerializer.class)
                        .values());
        PipelineResult result = pipeline.run();
        start.ready(result::waitUntilFinish);
    }

    private static <T> void register(Pipeline pipeline, Coder<T> coder) {
        pipeline.getCoderRegistry().registerCoderForType(coder.getEncodedTypeDescriptor(), coder);
    }

    private static KafkaIO.Read<String, ReceivedPayment> payments(Start start, Duration bound) {
        return KafkaIO.<String, ReceivedPayment>read()
                .withBootstrapServers(start.bootstrapServers())
                .withTopic(start.payments())
                .withConsumerConfigUpdates(Map.of("auto.offset.reset", "earliest"))
                .withKeyDeserializer(StringDeserializer.class)
                .withValueDeserializerAndCoder(PaymentDeserializer.class, PaymentCoders.payments())
                .withTimestampPolicyFactory((partition, watermark) ->
                        new Bound(bound, watermark.orElse(BoundedWindow.TIMESTAMP_MIN_VALUE)));
    }

    /** Public, because it is made by its name. */
    public static final class PaymentDeserializer implements Deserializer<ReceivedPayment> {

        @Override
        public ReceivedPayment deserialize(String topic, byte[] json) {
            return ReceivedPayment.fromJson(new StringDeserializer().deserialize(topic, json));
        }
    }

    /** The watermark of a partition: its newest time minus a bound. Those of KafkaIO jump to the wall clock. */
    private static final class Bound extends TimestampPolicy<String, ReceivedPayment> {

        private final Duration bound;
        private Instant watermark;

        Bound(Duration bound, Instant watermark) {
            this.bound = bound;
            this.watermark = watermark;
        }

        @Override
        public Instant getTimestampForRecord(PartitionContext context, KafkaRecord<String, ReceivedPayment> payment) {
            Instant time = new Instant(payment.getKV().getValue().time().toEpochMilli());
            if (time.minus(bound).isAfter(watermark)) {
                watermark = time.minus(bound);
            }
            return time;
        }

        @Override
        public Instant getWatermark(PartitionContext context) {
            return watermark;
        }
    }
}
