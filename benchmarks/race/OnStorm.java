///usr/bin/env jbang "$0" "$@" ; exit $?
// Storm in `./jbang race`, as a cluster in this JVM: the answer of the exercise RevenueOnStorm.
//JAVA 17+
//SOURCES Start.java
//SOURCES ../../kit/storm/src/main/java/workbook/kit/storm/*.java
//SOURCES ../../solutions/lesson12/src/main/java/lesson12/RevenueOnStorm.java
//DEPS org.apache.storm:storm-server:2.8.3
//DEPS org.apache.storm:storm-kafka-client:2.8.3@fatjar
//DEPS io.dropwizard.metrics:metrics-jvm:4.2.37
package race;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import lesson12.RevenueOnStorm;
import net.minidev.json.JSONValue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.storm.LocalCluster;
import org.apache.storm.kafka.bolt.KafkaBolt;
import org.apache.storm.kafka.bolt.mapper.TupleToKafkaMapper;
import org.apache.storm.kafka.spout.Func;
import org.apache.storm.kafka.spout.KafkaSpout;
import org.apache.storm.kafka.spout.KafkaSpoutConfig;
import org.apache.storm.shade.org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.storm.shade.org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.TopologyBuilder;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.storm.PaymentTuples;

class OnStorm {

    private static final Fields FIELDS = new Fields("id", "time", "customer", "terminal", "amount", "offset");
    private static final int PARTITIONS = 2;
    private static final CountDownLatch IS_RUNNING = new CountDownLatch(1);

    public static void main(String[] args) throws Exception {
        Start start = Start.of(args);
        TopologyBuilder topology = new TopologyBuilder();
        topology.setSpout("payments", payments(start, OnStorm::payment, FIELDS), 2);
        topology.setBolt("results", new RevenueOnStorm().revenue(), 2)
                .fieldsGrouping("payments", new Fields("terminal"));
        run(start, topology, tuple -> PaymentTuples.revenue(tuple).toJson());
    }

    static KafkaSpout<String, String> payments(
            Start start, Func<ConsumerRecord<String, String>, List<Object>> tuple, Fields fields) {
        return new KafkaSpout<>(KafkaSpoutConfig.builder(start.bootstrapServers(), start.payments())
                .setProp("group.id", start.name())
                .setRecordTranslator(tuple, fields)
                .build());
    }

    /** The answer takes the offset for the payment's number. Offsets of two partitions would be the same. */
    private static List<Object> payment(ConsumerRecord<String, String> record) {
        List<Object> values = PaymentTuples.values(ReceivedPayment.fromJson(record.value()));
        values.add(record.offset() * PARTITIONS + record.partition());
        return values;
    }

    /** Writes the tuples of the bolt {@code results}. Settings that are not the topology's are those of its producer. */
    static void run(Start start, TopologyBuilder topology, Func<Tuple, String> json) throws Exception {
        Map<String, Object> settings = new HashMap<>();
        Properties producer = new Properties();
        producer.put("bootstrap.servers", start.bootstrapServers());
        producer.put("key.serializer", StringSerializer.class.getName());
        producer.put("value.serializer", StringSerializer.class.getName());
        start.settings().forEach((key, value) -> {
            if (key.startsWith("topology.")) {
                settings.put(key, JSONValue.parse(value));
            } else {
                producer.put(key, value);
            }
        });
        topology.setBolt(
                        "sink",
                        new Sink()
                                .withProducerProperties(producer)
                                .withTopicSelector(start.results())
                                .withTupleToKafkaMapper(new Json(json)))
                .shuffleGrouping("results");
        LocalCluster cluster = new LocalCluster("127.0.0.1", startZooKeeper(start));
        cluster.submitTopology(start.name(), settings, topology.createTopology());
        IS_RUNNING.await();
        start.ready(Thread.currentThread()::join);
    }

    /** Returns the port. The cluster's own ZooKeeper would listen on all interfaces. */
    private static long startZooKeeper(Start start) throws Exception {
        NIOServerCnxnFactory factory = new NIOServerCnxnFactory();
        factory.configure(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        factory.startup(
                new ZooKeeperServer(start.folder().toFile(), start.folder().toFile(), 2_000));
        return factory.getLocalPort();
    }

    /** Tells when it is prepared. */
    private static final class Sink extends KafkaBolt<String, String> {

        @Override
        public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
            super.prepare(settings, context, collector);
            IS_RUNNING.countDown();
        }
    }

    private record Json(Func<Tuple, String> json) implements TupleToKafkaMapper<String, String> {

        @Override
        public String getKeyFromTuple(Tuple tuple) {
            return null;
        }

        @Override
        public String getMessageFromTuple(Tuple tuple) {
            return json.apply(tuple);
        }
    }
}
