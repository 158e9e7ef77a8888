package lesson14;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import workbook.kit.kafkastreams.JsonSerde;

/**
 * A model is one immutable object with its version and all its vectors, and each event takes one of them. It is replaced only when
 * all parts of the next one have been read, so there is no moment at which half of it is new.
 *
 * <p>What a customer has bought and what he has been served is in a state store with a changelog: it survives a restart. The rows
 * that were served are the log of the decisions. A model of next week cannot make the list of today again, so a repeated event
 * gets its row from there.
 */
public class RecommendStream {

    /**
     * What a customer does.
     *
     * @param id unique; a repeated event has the same one
     * @param kind {@code view} or {@code payment}
     */
    public record Event(long id, Instant time, int customer, int terminal, String kind) {}

    /**
     * A list that has been shown.
     *
     * @param event the id of the event
     * @param time that of the event
     * @param version the model that made the list
     * @param terminals the best first, separated by commas: {@code 4,9,7}
     */
    public record Served(long event, Instant time, int customer, String version, String terminals) {}

    /** The published models. All methods may be called at any time. */
    public interface Models {

        /** Returns the version to use now. It may change between two calls. */
        String current();

        /**
         * Returns the vectors of the customers. Slow: it reads a file.
         *
         * @throws RuntimeException if it cannot be read
         */
        Map<Integer, double[]> customers(String version);

        /** Returns the vectors of the terminals, as long as those of the customers. Slow, and may fail in the same way. */
        Map<Integer, double[]> terminals(String version);
    }

    /** Makes a list of scores, as {@link ColdStart} does. */
    @FunctionalInterface
    public interface ListMaker {

        /**
         * @param version of the scores, and of what the list is filled up with
         * @param bought the terminals that are not recommended any more, each once, in the order of their last payments
         * @param scores of all terminals; empty if the version does not know the customer
         */
        List<Integer> list(String version, int customer, List<Integer> bought, Map<Integer, Double> scores);
    }

    /** A model, whole. */
    record Model(String version, Map<Integer, double[]> customers, Map<Integer, double[]> terminals) {}

    /**
     * What is known of a customer.
     *
     * @param bought each terminal once, in the order of the last payments
     * @param served the rows of the last events, the oldest first
     */
    record History(List<Integer> bought, List<Served> served) {

        static final History NONE = new History(List.of(), List.of());
    }

    private static final String HISTORIES = "histories";
    private static final int REPEATED_WITHIN = 10;

    /**
     * Adds the topology to the builder.
     *
     * @param events the name of the topic to read
     * @param served the name of the topic to write
     */
    public void recommend(StreamsBuilder builder, String events, String served, Models models, ListMaker lists) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(HISTORIES), Serdes.String(), JsonSerde.of(History.class)));
        builder.stream(events, Consumed.with(Serdes.String(), JsonSerde.of(Event.class)))
                .process(() -> new Recommender(models, lists), HISTORIES)
                .to(served, Produced.with(Serdes.String(), JsonSerde.of(Served.class)));
    }

    private final class Recommender extends ContextualProcessor<String, Event, String, Served> {

        private final Models models;
        private final ListMaker lists;
        private KeyValueStore<String, History> histories;
        private Model model;

        Recommender(Models models, ListMaker lists) {
            this.models = models;
            this.lists = lists;
        }

        @Override
        public void init(ProcessorContext<String, Served> context) {
            super.init(context);
            histories = context.getStateStore(HISTORIES);
        }

        @Override
        public void process(Record<String, Event> record) {
            Event event = record.value();
            String key = key(record.key());
            History before = history(histories, key);
            Optional<Served> repeated = served(before, event);
            Served row = repeated.isPresent() ? repeated.get() : next(key, before, event);
            context().forward(output(record, row));
        }

        private Served next(String key, History before, Event event) {
            model = model(models, model);
            List<Integer> bought = bought(before.bought(), event);
            Served row = row(event, model, lists, bought, models);
            keep(histories, key, new History(bought, latest(before.served(), row)));
            return row;
        }
    }

    Record<String, Served> output(Record<String, Event> event, Served row) {
        return event.withValue(row);
    }

    /** The key of a customer's history. */
    String key(String customer) {
        return customer;
    }

    History history(KeyValueStore<String, History> histories, String customer) {
        return Optional.ofNullable(histories.get(customer)).orElse(History.NONE);
    }

    void keep(KeyValueStore<String, History> histories, String customer, History history) {
        histories.put(customer, history);
    }

    /** The row of an event that has been served before. */
    Optional<Served> served(History history, Event event) {
        for (Served row : history.served()) {
            if (row.event() == event.id()) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    List<Served> latest(List<Served> served, Served row) {
        List<Served> latest = new ArrayList<>(served);
        latest.add(row);
        return latest.subList(Math.max(0, latest.size() - kept()), latest.size());
    }

    int kept() {
        return REPEATED_WITHIN;
    }

    /** The model of the next event: the current one, or the one before it if that cannot be read. */
    Model model(Models models, Model before) {
        String version = models.current();
        if (before != null && before.version().equals(version)) {
            return before;
        }
        try {
            return read(models, version);
        } catch (RuntimeException e) {
            return instead(before, version, models, e);
        }
    }

    Model read(Models models, String version) {
        return new Model(version, models.customers(version), models.terminals(version));
    }

    Model instead(Model before, String version, Models models, RuntimeException e) {
        return before;
    }

    List<Integer> bought(List<Integer> before, Event event) {
        List<Integer> bought = new ArrayList<>(before);
        if (event.kind().equals("payment")) {
            bought.remove((Integer) event.terminal());
            bought.add(event.terminal());
        }
        return bought;
    }

    Served row(Event event, Model model, ListMaker lists, List<Integer> bought, Models models) {
        List<Integer> list = lists.list(model.version(), event.customer(), bought, scores(model, event.customer()));
        String terminals = list.stream().map(String::valueOf).collect(Collectors.joining(","));
        return new Served(event.id(), event.time(), event.customer(), model.version(), terminals);
    }

    Map<Integer, Double> scores(Model model, int customer) {
        double[] taste = model.customers().get(customer);
        if (taste == null) {
            return Map.of();
        }
        return model.terminals().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, terminal -> product(taste, terminal.getValue())));
    }

    static double product(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
