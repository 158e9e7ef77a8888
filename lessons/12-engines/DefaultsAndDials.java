///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES OnBeam.java
//SOURCES OnFlink.java
//SOURCES OnKafkaStreams.java
//SOURCES OnStorm.java
// Flink's POMs manage Scala 2.12; Kafka's broker needs this one.
//DEPS org.scala-lang:scala-library:2.13.18
package lesson12;

import java.time.Duration;
import java.util.*;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.*;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.*;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.storm.topology.WindowedBoltExecutor;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.engines.*;
import workbook.kit.kafkastreams.LocalStreams;
import workbook.kit.storm.*;

/** One setting of each engine changes which counts of the same payments come out. */
@Command(description = "One setting of each engine, and what it changes.")
public class DefaultsAndDials extends KafkaProgram {

    private static final Duration BOUND = Duration.ofMinutes(30);
    private static final List<ReceivedPayment> PAYMENTS = DemoPayments.inOrderOfArrival();
    private static final TextTable TABLE = new TextTable("%-13s  %-37s  %s");
    private static final TopicPartition COUNTS = new TopicPartition("counts", 0);

    private static void row(String engine, String setting, List<Long> counts) {
        TABLE.row(engine, setting, counts.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    /** Every update of the counts, without a record cache and with the default one. */
    private void kafkaStreams(LocalKafka kafka) throws InterruptedException {
        OnKafkaStreams.createTopics(kafka);
        try (var counts = KafkaText.consumer(kafka, Map.of())) {
            KafkaText.readAll(counts, COUNTS);
            LocalStreams.runToEnd(
                    kafka, "uncached", OnKafkaStreams.counts("payments", "counts", BOUND, true), "payments");
            row("Kafka Streams", "statestore.cache.max.bytes 0", next(counts));
            int records = 2 * PAYMENTS.size(); // they are repartitioned
            LocalStreams.runWithOneCommit(
                    kafka, "cached", OnKafkaStreams.counts("payments", "counts", BOUND, true), records);
            row("", "10 MiB, one commit", next(counts));
        }
    }

    private static List<Long> next(Consumer<String, String> counts) {
        return KafkaText.readToEnd(counts, COUNTS).stream()
                .map(count -> Long.valueOf(count.value()))
                .toList();
    }

    /** The timer, 200 ms by default, is an hour here: no machine is so slow that it ticks. */
    static List<Long> onFlink(WatermarkStrategy<ReceivedPayment> watermarks) throws Exception {
        Configuration settings = new Configuration().set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofHours(1));
        var flink = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
        return OnFlink.counts(OnFlink.withWatermarks(flink.fromData(PAYMENTS), watermarks), Duration.ZERO)
                .executeAndCollect(PAYMENTS.size())
                .stream()
                .map(count -> count.f1)
                .toList();
    }

    /** A timer asks for watermarks, once a second by default. Here it asks after each payment, or once in the end. */
    static List<Long> onStorm(boolean isAfterEach) {
        List<Long> counts = new ArrayList<>();
        var windows = new WindowedBoltExecutor(new OnStorm.Windows((int) BOUND.toMinutes()));
        try (LocalBolt bolt = new LocalBolt(windows, PaymentTuples.PAYMENT.toList())) {
            bolt.start((anchors, count) -> counts.add(count.getLong(1)));
            for (ReceivedPayment payment : PAYMENTS) {
                bolt.execute(bolt.tuple(PaymentTuples.values(payment)));
                if (isAfterEach) {
                    bolt.advanceWatermark();
                }
            }
            bolt.advanceWatermark();
        }
        return counts;
    }

    /** Without a bound, so that panes are late. */
    static List<Long> onBeam(Window<ReceivedPayment> hours) {
        Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
        var payments = pipeline.apply(
                OnBeam.source(PAYMENTS, org.joda.time.Duration.ZERO).advanceWatermarkToInfinity());
        OnBeam.counts(payments, hours).apply(ParDo.of(new Collect()));
        Collect.COUNTS.clear();
        pipeline.run().waitUntilFinish();
        return List.copyOf(Collect.COUNTS);
    }

    static class Collect extends DoFn<KV<String, Long>, Void> {

        static final Queue<Long> COUNTS = new ConcurrentLinkedQueue<>();

        @ProcessElement
        public void collect(@Element KV<String, Long> count) {
            COUNTS.add(count.getValue());
        }
    }

    @Override
    protected void run(LocalKafka kafka) throws Exception {
        TABLE.row("engine", "setting", "counts");
        kafkaStreams(kafka);
        row("Flink", "a watermark after each payment", onFlink(OnFlink.afterEachPayment(BOUND)));
        row("", "pipeline.auto-watermark-interval 1 h", onFlink(WatermarkStrategy.forBoundedOutOfOrderness(BOUND)));
        row("Storm", "a watermark after each payment", onStorm(true));
        row("", "a watermark after the last one", onStorm(false));
        var hours = OnBeam.hours(org.joda.time.Duration.standardMinutes(BOUND.toMinutes()));
        row("Beam", "discardingFiredPanes", onBeam(hours.discardingFiredPanes()));
        row("", "accumulatingFiredPanes", onBeam(hours.accumulatingFiredPanes()));
    }

    public static void main(String... args) {
        Program.run(new DefaultsAndDials(), args);
    }
}
