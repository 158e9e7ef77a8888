///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/kafka-streams/src/main/java/workbook/kit/kafkastreams/*.java
package lesson14;

import com.sun.net.httpserver.*;
import java.io.IOException;
import java.net.*;
import java.net.http.*;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.*;
import java.util.*;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.*;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.*;
import org.apache.kafka.streams.state.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.kafkastreams.LocalStreams;

/** A stream makes a list at each view. An API reads the last list of each customer from the stream's store. */
@Command(description = "A list over HTTP, while the model behind it is replaced.")
public class AskTheApi extends KafkaProgram {

    /** A model, whole: whoever has it has its name and both of its parts. */
    record Model(String version, Map<String, double[]> customers, Map<String, double[]> products) {

        /** The products, the best first. */
        String list(String customer) {
            Map<Double, String> byScore = new TreeMap<>(Comparator.reverseOrder());
            double[] a = customers.get(customer);
            products.forEach((product, b) -> byScore.put(a[0] * b[0] + a[1] * b[1], product));
            return String.join(",", byScore.values());
        }
    }

    static final Model V1 = new Model(
            "v1", Map.of("17", new double[] {1, 0}), Map.of("tea", new double[] {3, 1}, "cup", new double[] {2, 4}));
    static final Model V2 = new Model(
            "v2", Map.of("17", new double[] {0, 1}), Map.of("tea", new double[] {4, 2}, "cup", new double[] {1, 3}));

    volatile Model current = V1;
    volatile String now = "09:00:00";

    /** From views, a customer and a time each, to a store with the last list of each customer: {@code v1 09:00:00 tea,cup}. */
    Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("views", Consumed.with(Serdes.String(), Serdes.String()))
                .mapValues((customer, time) -> {
                    Model model = current; // read once: all of the list is from this one
                    return model.version() + " " + time + " " + model.list(customer);
                })
                .toTable(Materialized.<String, String>as(Stores.inMemoryKeyValueStore("lists"))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.String()));
        return builder.build();
    }

    void answer(HttpExchange exchange, KafkaStreams streams) throws IOException {
        String customer = exchange.getRequestURI().getPath().substring("/recommendations/".length());
        if (!customer.matches("[0-9]{1,9}")) {
            send(exchange, 400, "{\"error\":\"A customer is a number.\"}");
            return;
        }
        try {
            var store =
                    StoreQueryParameters.fromNameAndType("lists", QueryableStoreTypes.<String, String>keyValueStore());
            String known = streams.store(store).get(customer);
            String[] list = Objects.requireNonNullElse(known, current.version() + " 00:00:00 milk")
                    .split(" ");
            long age = Duration.between(LocalTime.parse(list[1]), LocalTime.parse(now))
                    .toSeconds();
            String source = known == null ? "popular" : "personal";
            String json = "{\"source\":\"%s\",\"version\":\"%s\",\"age\":%d,\"products\":\"%s\"}";
            send(exchange, 200, json.formatted(source, list[0], age, list[2]));
        } catch (InvalidStateStoreException | IllegalStateException e) { // partitions move, or the stream does not run
            exchange.getResponseHeaders().set("Retry-After", "1");
            send(exchange, 503, "{\"error\":\"Try again.\"}");
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length());
        exchange.getResponseBody().write(json.getBytes());
        exchange.close();
    }

    @Override
    protected void run(LocalKafka kafka) throws Exception {
        kafka.createTopic("views", 1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (var running = LocalStreams.start(kafka, "lists", topology())) {
            server.createContext("/recommendations/", exchange -> answer(exchange, running.streams()));
            server.start();
            viewAt("09:00:00", kafka, running);
            now = "09:01:00";
            ask(server, "17");
            ask(server, "9999");
            ask(server, "ann");
            current = V2;
            System.out.println("v2 is published");
            now = "09:02:00";
            ask(server, "17");
            ask(server, "9999");
            viewAt("09:02:00", kafka, running);
            ask(server, "17");
            running.streams().close();
            System.out.println("the stream has stopped");
            ask(server, "17");
        } finally {
            server.stop(0);
        }
    }

    private static void viewAt(String time, LocalKafka kafka, LocalStreams.Running running)
            throws InterruptedException {
        KafkaText.send(kafka, List.of(new ProducerRecord<>("views", "17", time)));
        running.awaitEnd("views");
        System.out.println("customer 17 views something at " + time);
    }

    private static void ask(HttpServer server, String customer) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/recommendations/" + customer);
        var response =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        System.out.printf("%-4s  %d  %s%n", customer, response.statusCode(), response.body());
    }

    public static void main(String... args) {
        Program.run(new AskTheApi(), args);
    }
}
