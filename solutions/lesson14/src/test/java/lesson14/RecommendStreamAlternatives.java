package lesson14;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import workbook.kit.kafkastreams.JsonSerde;

/** Right answers written differently, and one that only knows the rows in the checkpoint. */
class RecommendStreamAlternatives {

    /** An aggregation: the state of a customer has the row of the event that changed it last. */
    public static class Aggregates extends RecommendStream {

        /** @param rows by the id of their event, the oldest first */
        record State(List<Integer> bought, LinkedHashMap<Long, Served> rows, Served last) {}

        /** Keeps the last model that could be read. */
        private static final class Reader {

            private final Models models;
            private Model model;

            Reader(Models models) {
                this.models = models;
            }

            synchronized Model model() {
                String version = models.current();
                if (model == null || !version.equals(model.version())) {
                    try {
                        Map<Integer, double[]> terminals = models.terminals(version);
                        model = new Model(version, models.customers(version), terminals);
                    } catch (RuntimeException e) {
                        if (model == null) {
                            throw e;
                        }
                    }
                }
                return model;
            }
        }

        @Override
        public void recommend(StreamsBuilder builder, String events, String served, Models models, ListMaker lists) {
            Reader reader = new Reader(models);
            builder.stream(events, Consumed.with(Serdes.String(), JsonSerde.of(Event.class)))
                    .groupByKey(Grouped.with(Serdes.String(), JsonSerde.of(Event.class)))
                    .aggregate(
                            () -> new State(List.of(), new LinkedHashMap<>(), null),
                            (customer, event, state) -> next(event, state, reader, lists),
                            Materialized.<String, State>as(Stores.inMemoryKeyValueStore("states"))
                                    .withKeySerde(Serdes.String())
                                    .withValueSerde(JsonSerde.of(State.class))
                                    .withCachingDisabled())
                    .toStream()
                    .map((customer, state) -> KeyValue.pair(customer, state.last()))
                    .to(served, Produced.with(Serdes.String(), JsonSerde.of(Served.class)));
        }

        private static State next(Event event, State state, Reader reader, ListMaker lists) {
            Served known = state.rows().get(event.id());
            if (known != null) {
                return new State(state.bought(), state.rows(), known);
            }
            Set<Integer> bought = new LinkedHashSet<>(state.bought());
            if ("payment".equals(event.kind())) {
                bought.remove(event.terminal());
                bought.add(event.terminal());
            }
            Model model = reader.model();
            Map<Integer, Double> scores = model.customers().containsKey(event.customer())
                    ? model.terminals().entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    one -> product(
                                            one.getValue(), model.customers().get(event.customer()))))
                    : Map.of();
            String list = lists.list(model.version(), event.customer(), List.copyOf(bought), scores).stream()
                    .map(Object::toString)
                    .collect(Collectors.joining(","));
            Served row = new Served(event.id(), event.time(), event.customer(), model.version(), list);
            LinkedHashMap<Long, Served> rows = new LinkedHashMap<>(state.rows());
            rows.put(event.id(), row);
            if (rows.size() > 12) {
                rows.remove(rows.keySet().iterator().next());
            }
            return new State(new ArrayList<>(bought), rows, row);
        }
    }

    /** Two stores, one of purchases and one of rows, with a persistent one of them; the processor does not change keys. */
    public static class HasTwoStores extends RecommendStream {

        record Bought(List<Integer> terminals) {}

        record Rows(List<Served> rows) {}

        @Override
        public void recommend(StreamsBuilder builder, String events, String served, Models models, ListMaker lists) {
            builder.addStateStore(Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore("bought"), Serdes.String(), JsonSerde.of(Bought.class)))
                    .addStateStore(Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore("rows"), Serdes.String(), JsonSerde.of(Rows.class)));
            builder.stream(events, Consumed.with(Serdes.String(), JsonSerde.of(Event.class)))
                    .processValues(() -> new Lists(models, lists), "bought", "rows")
                    .to(served, Produced.with(Serdes.String(), JsonSerde.of(Served.class)));
        }

        private final class Lists extends ContextualFixedKeyProcessor<String, Event, Served> {

            private final Models models;
            private final ListMaker lists;
            private Model model;
            private KeyValueStore<String, Bought> bought;
            private KeyValueStore<String, Rows> rows;

            Lists(Models models, ListMaker lists) {
                this.models = models;
                this.lists = lists;
            }

            @Override
            public void init(FixedKeyProcessorContext<String, Served> context) {
                super.init(context);
                bought = context.getStateStore("bought");
                rows = context.getStateStore("rows");
            }

            @Override
            public void process(FixedKeyRecord<String, Event> record) {
                Event event = record.value();
                List<Served> last = new ArrayList<>(
                        rows.get(record.key()) == null
                                ? List.of()
                                : rows.get(record.key()).rows());
                for (Served row : last) {
                    if (row.event() == event.id()) {
                        context().forward(record.withValue(row));
                        return;
                    }
                }
                model = model(models, model);
                Bought before = bought.get(record.key());
                List<Integer> terminals = bought(before == null ? List.of() : before.terminals(), event);
                Served row = row(event, model, lists, terminals, models);
                last.add(0, row);
                bought.put(record.key(), new Bought(terminals));
                rows.put(record.key(), new Rows(last.subList(0, Math.min(last.size(), 10))));
                context().forward(record.withValue(row));
            }
        }
    }

    public static class Learnt extends RecommendStream {
        @Override
        List<Integer> bought(List<Integer> before, Event event) {
            return event.id() >= 1_000 ? before : super.bought(before, event);
        }
    }
}
