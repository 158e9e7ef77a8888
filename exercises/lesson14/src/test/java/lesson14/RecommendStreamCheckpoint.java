package lesson14;

import static workbook.check.kafkastreams.KafkaStreamsAnswers.onKafkaStreams;
import static workbook.check.script.Script.row;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewInstance;
import workbook.check.script.RandomScript;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;

/**
 * The column {@code model} is the current version when the event arrives, and is not part of the event; {@code key} is the
 * record's key. With {@code v1 v2} it is v1 at the first call during the event, and v2 from then on. Lists are made by
 * {@link ScriptedModels}.
 */
@Checkpoint(RecommendStream.class)
class RecommendStreamCheckpoint {

    private static final String EVENTS =
            "id BIGINT, time TIMESTAMP, customer INT, terminal INT, kind STRING, model STRING";
    private static final String OUTPUT =
            "key STRING, event BIGINT, time TIMESTAMP, customer INT, version STRING, terminals STRING";
    private static final String[] COLUMNS = {"key", "event", "time", "customer", "version", "terminals"};
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @Order(1)
    void eachEventGetsTheTerminalsWithTheHighestScores(RecommendStream answer) {
        script().batch(view(1, "09:00", 10, 3, "v1"), view(2, "09:01", 11, 3, "v1"), view(3, "09:02", 12, 3, "v1"))
                .emitsInOrder(
                        served(1, "09:00", 10, "v1", "1,2,91"),
                        served(2, "09:01", 11, "v1", "4,5,91"),
                        served(3, "09:02", 12, "v1", "5,4,91"))
                .run(on(answer));
    }

    @Test
    @Order(2)
    void aCustomerWhomTheVersionDoesNotKnowHasNoScores(RecommendStream answer) {
        script().batch(view(1, "09:00", 13, 3, "v1"), view(2, "09:01", 13, 3, "v3"), view(3, "09:02", 11, 3, "v3"))
                .emitsInOrder(
                        served(1, "09:00", 13, "v1", "91"),
                        served(2, "09:01", 13, "v3", "6,4,93"),
                        served(3, "09:02", 11, "v3", "93"))
                .run(on(answer));
    }

    @Test
    @Order(3)
    void aPaymentBuysForItsOwnListAndForAllLaterOnes(RecommendStream answer) {
        script().batch(payment(1, "09:00", 10, 1, "v1"), view(2, "09:01", 10, 5, "v1"), view(3, "09:02", 11, 4, "v1"))
                .emitsInOrder(
                        served(1, "09:00", 10, "v1", "2,3,91"),
                        served(2, "09:01", 10, "v1", "2,3,91"),
                        served(3, "09:02", 11, "v1", "4,5,91"))
                .batch(payment(4, "10:00", 10, 3, "v1"))
                .emits(served(4, "10:00", 10, "v1", "2,4,91"))
                .batch(view(5, "11:00", 10, 2, "v1"))
                .emits(served(5, "11:00", 10, "v1", "2,4,91"))
                .run(on(answer));
    }

    @Test
    @Order(4)
    void whatOneCustomerBuysIsLeftToTheOthers(RecommendStream answer) {
        script().batch(payment(1, "09:00", 10, 4, "v1"), view(2, "09:01", 11, 3, "v1"), view(3, "09:02", 10, 3, "v1"))
                .emitsInOrder(
                        served(1, "09:00", 10, "v1", "1,2,91"),
                        served(2, "09:01", 11, "v1", "4,5,91"),
                        served(3, "09:02", 10, "v1", "1,2,91"))
                .run(on(answer));
    }

    @Test
    @Order(5)
    void whatIsBoughtIsInTheOrderOfTheLastPayments(RecommendStream answer) {
        script().batch(
                        payment(1, "09:00", 19, 7, "v1"),
                        payment(2, "09:01", 19, 1000, "v1"),
                        payment(3, "09:02", 19, 8, "v1"),
                        payment(4, "09:03", 19, 1000, "v1"))
                .emitsInOrder(
                        served(1, "09:00", 19, "v1", "107,91"),
                        served(2, "09:01", 19, "v1", "1100,107,91"),
                        served(3, "09:02", 19, "v1", "108,1100,107,91"),
                        served(4, "09:03", 19, "v1", "1100,108,107,91"))
                .run(on(answer));
    }

    @Test
    @Order(6)
    void anotherModelHoldsFromTheNextEventOn(RecommendStream answer) {
        script().batch(
                        view(1, "09:00", 10, 3, "v1"),
                        view(2, "09:01", 10, 3, "v2"),
                        view(3, "09:02", 12, 3, "v2"),
                        view(4, "09:03", 12, 3, "v3"))
                .emitsInOrder(
                        served(1, "09:00", 10, "v1", "1,2,91"),
                        served(2, "09:01", 10, "v2", "3,1,92"),
                        served(3, "09:02", 12, "v2", "3,1,92"),
                        served(4, "09:03", 12, "v3", "3,1,93"))
                .batch(view(5, "10:00", 10, 3, "v1"))
                .emits(served(5, "10:00", 10, "v1", "1,2,91"))
                .run(on(answer));
    }

    /** With the customers of one version and the terminals of the other, the lists would be others. */
    @Test
    @Order(7)
    void aListIsFromOneModelWhenItIsReplacedMeanwhile(RecommendStream answer) {
        script().batch(view(1, "09:00", 10, 3, "v1 v2"), view(2, "09:01", 11, 3, "v2"))
                .emitsInOrder(served(1, "09:00", 10, "v1", "1,2,91"), served(2, "09:01", 11, "v2", "4,5,92"))
                .batch(view(3, "10:00", 12, 3, "v3 v1"), view(4, "10:01", 10, 3, "v1 v3"))
                .emitsInOrder(served(3, "10:00", 12, "v3", "3,1,93"), served(4, "10:01", 10, "v1", "1,2,91"))
                .batch(view(5, "11:00", 10, 3, "v1 v2"))
                .emits(served(5, "11:00", 10, "v1", "1,2,91"))
                .run(on(answer));
    }

    @Test
    @Order(8)
    void aModelIsReadOnce(RecommendStream answer) {
        ScriptedModels models = new ScriptedModels();
        script().batch(view(1, "09:00", 10, 3, "v1"), view(2, "09:01", 11, 3, "v1"), payment(3, "09:02", 10, 3, "v1"))
                .batch(view(4, "10:00", 10, 3, "v1"), view(5, "10:01", 10, 3, "v2"), view(6, "10:02", 11, 3, "v2"))
                .expects("reads of the customers and the terminals of two versions", 4, models::reads)
                .run(on(answer, models));
    }

    @Test
    @Order(9)
    void aModelThatCannotBeReadIsNotUsed(RecommendStream answer) {
        script().batch(view(1, "09:00", 10, 3, "v2"), view(2, "09:01", 10, 3, "v4"), view(3, "09:02", 11, 3, "v4"))
                .emitsInOrder(
                        served(1, "09:00", 10, "v2", "3,1,92"),
                        served(2, "09:01", 10, "v2", "3,1,92"),
                        served(3, "09:02", 11, "v2", "4,5,92"))
                .batch(view(4, "10:00", 10, 3, "v3"), view(5, "10:01", 10, 3, "v4"))
                .emitsInOrder(served(4, "10:00", 10, "v3", "3,4,93"), served(5, "10:01", 10, "v3", "3,4,93"))
                .run(on(answer));
    }

    @Test
    @Order(10)
    void theLastEventMayBeRepeated(RecommendStream answer) {
        script().batch(view(1, "09:00", 10, 3, "v1"))
                .emits(served(1, "09:00", 10, "v1", "1,2,91"))
                .batch(view(1, "09:00", 10, 3, "v2"))
                .emits(served(1, "09:00", 10, "v1", "1,2,91"))
                .run(on(answer));
    }

    @Test
    @Order(11)
    void allEventsMayBeRepeatedInTheirOrder(RecommendStream answer) {
        script().batch(view(1, "09:00", 10, 3, "v1"), payment(2, "09:01", 10, 1, "v1"))
                .emitsInOrder(served(1, "09:00", 10, "v1", "1,2,91"), served(2, "09:01", 10, "v1", "2,3,91"))
                .batch(view(1, "09:00", 10, 3, "v2"), payment(2, "09:01", 10, 1, "v3"), view(3, "10:00", 10, 3, "v2"))
                .emitsInOrder(
                        served(1, "09:00", 10, "v1", "1,2,91"),
                        served(2, "09:01", 10, "v1", "2,3,91"),
                        served(3, "10:00", 10, "v2", "3,2,92"))
                .run(on(answer));
    }

    /** The tenth event after it is event 1 again; the event of the other customer does not count. */
    @Test
    @Order(12)
    void anEventMayBeRepeatedTenEventsLater(RecommendStream answer) {
        List<ScriptRow> events = new ArrayList<>();
        events.add(view(1, "09:00", 10, 3, "v1"));
        for (int id = 2; id <= 10; id++) {
            events.add(view(id, "09:01", 10, 3, "v2"));
        }
        events.add(view(99, "09:01", 11, 3, "v2"));
        script().batch(events)
                .batch(view(1, "09:00", 10, 3, "v2"))
                .emits(served(1, "09:00", 10, "v1", "1,2,91"))
                .run(on(answer));
    }

    @Test
    @Order(13)
    void aRepeatedPaymentBuysNothing(RecommendStream answer) {
        script().batch(payment(1, "09:00", 19, 7, "v1"), payment(2, "09:01", 19, 8, "v1"))
                .batch(payment(1, "09:00", 19, 7, "v1"), view(3, "10:00", 19, 3, "v1"))
                .emitsInOrder(served(1, "09:00", 19, "v1", "107,91"), served(3, "10:00", 19, "v1", "108,107,91"))
                .run(on(answer));
    }

    @Test
    @Order(14)
    void aRestartForgetsNothing(RecommendStream answer) {
        script().batch(payment(1, "09:00", 10, 1, "v1"), view(2, "09:01", 10, 3, "v1"))
                .emitsInOrder(served(1, "09:00", 10, "v1", "2,3,91"), served(2, "09:01", 10, "v1", "2,3,91"))
                .restart()
                .batch(view(2, "09:01", 10, 3, "v2"), view(3, "10:00", 10, 3, "v1"))
                .emitsInOrder(served(2, "09:01", 10, "v1", "2,3,91"), served(3, "10:00", 10, "v1", "2,3,91"))
                .restart()
                .batch(payment(4, "11:00", 10, 2, "v1"))
                .emits(served(4, "11:00", 10, "v1", "3,4,91"))
                .run(on(answer));
    }

    @Test
    @Order(15)
    void anEventThatComesAgainAfterTwentyOthersIsNew(RecommendStream answer) {
        List<ScriptRow> events = new ArrayList<>();
        for (int id = 1; id <= 21; id++) {
            events.add(view(id, "09:00", 10, 3, "v1"));
        }
        script().batch(events)
                .batch(view(1, "09:00", 10, 3, "v2"))
                .emits(served(1, "09:00", 10, "v2", "3,1,92"))
                .run(on(answer));
    }

    @Test
    @Order(16)
    void randomEventsGetWhatALoopServes(RecommendStream answer) {
        RandomScript.of(EVENTS)
                .columns(COLUMNS)
                .inOrder()
                .batches(RecommendStreamCheckpoint::random)
                .run(on(answer), RecommendStreamCheckpoint::loop);
    }

    private static List<List<ScriptRow>> random(Random random) {
        List<List<ScriptRow>> batches = new ArrayList<>();
        Map<Integer, List<ScriptRow>> byCustomer = new HashMap<>();
        String version = "v1";
        int id = 1_000;
        for (int batch = 0; batch < 4; batch++) {
            List<ScriptRow> rows = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int customer = 10 + random.nextInt(4);
                List<ScriptRow> earlier = byCustomer.computeIfAbsent(customer, any -> new ArrayList<>());
                version = random.nextInt(4) == 0 ? "v" + (1 + random.nextInt(id == 1_000 ? 3 : 4)) : version;
                String model = random.nextInt(5) == 0 ? version + " v" + (1 + random.nextInt(4)) : version;
                if (!earlier.isEmpty() && random.nextInt(5) == 0) {
                    ScriptRow before = earlier.get(earlier.size() - 1 - random.nextInt(Math.min(9, earlier.size())));
                    rows.add(row(before.get(0), before.get(1), customer, before.get(3), before.get(4), model));
                } else {
                    Instant time = Script.at("09:00").plusMillis(1_001L * id);
                    String kind = random.nextInt(3) == 0 ? "payment" : "view";
                    ScriptRow event = row((long) id++, time, customer, 1 + random.nextInt(6), kind, model);
                    earlier.add(event);
                    rows.add(event);
                }
            }
            batches.add(rows);
        }
        return batches;
    }

    private static List<ScriptRow> loop(List<ScriptRow> events) {
        ScriptedModels models = new ScriptedModels();
        Map<Object, List<Integer>> bought = new HashMap<>();
        Map<Object, ScriptRow> first = new HashMap<>();
        List<ScriptRow> output = new ArrayList<>();
        String usable = "";
        for (ScriptRow event : events) {
            if (!first.containsKey(event.get(0))) {
                String version = event.getString(5).substring(0, 2);
                usable = version.equals(ScriptedModels.BROKEN) ? usable : version;
                List<Integer> terminals = bought.computeIfAbsent(event.get(2), any -> new ArrayList<>());
                if (event.getString(4).equals("payment")) {
                    terminals.removeIf(terminal -> terminal.equals(event.get(3)));
                    terminals.add(event.getInt(3));
                }
                String list =
                        models
                                .list(usable, event.getInt(2), terminals, scores(models, usable, event.getInt(2)))
                                .stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(","));
                first.put(
                        event.get(0),
                        row(String.valueOf(event.get(2)), event.get(0), event.get(1), event.get(2), usable, list));
            }
            output.add(first.get(event.get(0)));
        }
        return output;
    }

    private static Map<Integer, Double> scores(ScriptedModels models, String version, int customer) {
        double[] taste = models.customers(version).get(customer);
        Map<Integer, Double> scores = new HashMap<>();
        if (taste != null) {
            models.terminals(version)
                    .forEach((terminal, vector) -> scores.put(terminal, taste[0] * vector[0] + taste[1] * vector[1]));
        }
        return scores;
    }

    private static Script script() {
        return Script.of(EVENTS).columns(COLUMNS);
    }

    private static ScriptRow view(long id, String time, int customer, int terminal, String model) {
        return row(id, time, customer, terminal, "view", model);
    }

    private static ScriptRow payment(long id, String time, int customer, int terminal, String model) {
        return row(id, time, customer, terminal, "payment", model);
    }

    private static ScriptRow served(long event, String time, int customer, String version, String terminals) {
        return row(String.valueOf(customer), event, time, customer, version, terminals);
    }

    private static RunnableAnswer on(RecommendStream answer) {
        return on(answer, new ScriptedModels());
    }

    /** A restart builds the topology with another object of the answer. */
    private static RunnableAnswer on(RecommendStream answer, ScriptedModels models) {
        return onKafkaStreams("customer", OUTPUT, (builder, in, out) -> {
            publishModels(builder, in, models);
            NewInstance.of(answer).recommend(builder, "events", "served", models, models);
            showKeys(builder, out);
        });
    }

    /** The answer's records, with their keys as a column. */
    private static void showKeys(StreamsBuilder builder, String out) {
        builder.stream("served", Consumed.with(Serdes.String(), Serdes.String()))
                .mapValues((key, json) -> changed(json, record -> record.put("key", key)))
                .to(out, Produced.with(Serdes.String(), Serdes.String()));
    }

    /** Before an event arrives, its model becomes the current one. */
    private static void publishModels(StreamsBuilder builder, String in, ScriptedModels models) {
        builder.stream(in, Consumed.with(Serdes.String(), Serdes.String()))
                .mapValues(json -> changed(
                        json, event -> models.during(event.remove("model").textValue())))
                .to("events", Produced.with(Serdes.String(), Serdes.String()));
    }

    private static String changed(String json, Consumer<ObjectNode> change) {
        try {
            ObjectNode changed = (ObjectNode) JSON.readTree(json);
            change.accept(changed);
            return changed.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
