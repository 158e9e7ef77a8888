package lesson12;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Right answers written differently, and one that only knows the speeds in the checkpoint. */
class WhichEngineAlternatives {

    /** The table of the task as data: what each engine can. */
    public static class LooksUpATable extends WhichEngine {

        private record Row(Set<Place> places, Set<Place> exactlyOnce, boolean sql, boolean beam, boolean cluster) {}

        private static final Set<Place> BOTH = Set.of(Place.KAFKA, Place.FILES);

        private static final Map<Engine, Row> TABLE = Map.of(
                Engine.KAFKA_STREAMS, new Row(Set.of(Place.KAFKA), Set.of(Place.KAFKA), false, false, false),
                Engine.FLINK, new Row(BOTH, BOTH, true, true, true),
                Engine.SPARK, new Row(BOTH, Set.of(Place.FILES), true, true, true),
                Engine.STORM, new Row(BOTH, Set.of(), false, false, true));

        @Override
        public Choice choose(Requirements needs, Map<Engine, Speed> measured) {
            Map<Engine, Reason> excluded = new HashMap<>();
            TABLE.forEach((engine, row) -> {
                Map<Reason, Boolean> met = new LinkedHashMap<>();
                met.put(Reason.INPUT, row.places().containsAll(needs.inputs()));
                met.put(Reason.OUTPUT, row.places().contains(needs.output()));
                met.put(
                        Reason.GUARANTEE,
                        !needs.exactlyOnce() || row.exactlyOnce().contains(needs.output()));
                met.put(Reason.SQL, row.sql() || !needs.sql());
                met.put(Reason.RUNNER, row.beam() || !needs.portable());
                met.put(
                        Reason.LATENCY,
                        nanos(engine, needs, measured) <= needs.latency().toNanos());
                met.put(Reason.CLUSTER, !row.cluster() || needs.clusters().contains(engine));
                met.values().removeIf(isMet -> isMet);
                met.keySet().stream().limit(1).forEach(reason -> excluded.put(engine, reason));
            });
            List<Engine> order = new ArrayList<>(needs.clusters());
            order.add(0, Engine.KAFKA_STREAMS);
            order.removeAll(excluded.keySet());
            return new Choice(order.isEmpty() ? Optional.empty() : Optional.of(order.get(0)), excluded);
        }

        private static long nanos(Engine engine, Requirements needs, Map<Engine, Speed> measured) {
            long row = measured.get(engine).row().toNanos();
            long interval = measured.get(engine).interval().toNanos();
            boolean onlyKafka = needs.output() == Place.KAFKA && !needs.inputs().contains(Place.FILES);
            if (engine == Engine.SPARK) {
                return onlyKafka && !needs.state() && !needs.portable() ? Math.min(row, 2 * interval) : 2 * interval;
            }
            return row + (needs.output() == Place.KAFKA && !needs.exactlyOnce() ? 0 : interval);
        }
    }

    /** One engine after the other, each with the questions that can exclude it. */
    public static class AsksEachEngine extends WhichEngine {

        @Override
        public Choice choose(Requirements needs, Map<Engine, Speed> measured) {
            Map<Engine, Reason> excluded = new HashMap<>();
            excluded.put(Engine.KAFKA_STREAMS, kafkaStreams(needs, measured.get(Engine.KAFKA_STREAMS)));
            excluded.put(Engine.FLINK, flink(needs, measured.get(Engine.FLINK)));
            excluded.put(Engine.SPARK, spark(needs, measured.get(Engine.SPARK)));
            excluded.put(Engine.STORM, storm(needs, measured.get(Engine.STORM)));
            excluded.values().removeIf(Objects::isNull);
            if (!excluded.containsKey(Engine.KAFKA_STREAMS)) {
                return new Choice(Optional.of(Engine.KAFKA_STREAMS), excluded);
            }
            for (Engine cluster : needs.clusters()) {
                if (!excluded.containsKey(cluster)) {
                    return new Choice(Optional.of(cluster), excluded);
                }
            }
            return new Choice(Optional.empty(), excluded);
        }

        private static Reason kafkaStreams(Requirements needs, Speed speed) {
            if (needs.inputs().contains(Place.FILES)) {
                return Reason.INPUT;
            }
            if (needs.output() == Place.FILES) {
                return Reason.OUTPUT;
            }
            if (needs.sql()) {
                return Reason.SQL;
            }
            if (needs.portable()) {
                return Reason.RUNNER;
            }
            Duration wait = needs.exactlyOnce() ? speed.interval() : Duration.ZERO;
            return isLate(needs, speed.row().plus(wait)) ? Reason.LATENCY : null;
        }

        private static Reason flink(Requirements needs, Speed speed) {
            boolean waits = needs.exactlyOnce() || needs.output() == Place.FILES;
            if (isLate(needs, waits ? speed.row().plus(speed.interval()) : speed.row())) {
                return Reason.LATENCY;
            }
            return withoutCluster(needs, Engine.FLINK);
        }

        private static Reason spark(Requirements needs, Speed speed) {
            boolean toKafka = needs.output() == Place.KAFKA;
            if (needs.exactlyOnce() && toKafka) {
                return Reason.GUARANTEE;
            }
            boolean inBatches = needs.state()
                    || needs.portable()
                    || !toKafka
                    || needs.inputs().contains(Place.FILES);
            if (isLate(needs, inBatches ? speed.interval().plus(speed.interval()) : speed.row())) {
                return Reason.LATENCY;
            }
            return withoutCluster(needs, Engine.SPARK);
        }

        private static Reason storm(Requirements needs, Speed speed) {
            if (needs.exactlyOnce()) {
                return Reason.GUARANTEE;
            }
            if (needs.sql()) {
                return Reason.SQL;
            }
            if (needs.portable()) {
                return Reason.RUNNER;
            }
            boolean toKafka = needs.output() == Place.KAFKA;
            if (isLate(needs, toKafka ? speed.row() : speed.row().plus(speed.interval()))) {
                return Reason.LATENCY;
            }
            return withoutCluster(needs, Engine.STORM);
        }

        private static Reason withoutCluster(Requirements needs, Engine engine) {
            return needs.clusters().contains(engine) ? null : Reason.CLUSTER;
        }

        private static boolean isLate(Requirements needs, Duration time) {
            return time.minus(needs.latency()).toNanos() > 0;
        }
    }

    public static class Learnt extends WhichEngine {

        private static final Set<Long> KNOWN = Set.of(100L, 1_000L, 9_000L, 60_000L);

        @Override
        public Choice choose(Requirements needs, Map<Engine, Speed> measured) {
            boolean isKnown = measured.values().stream()
                    .allMatch(speed -> KNOWN.contains(speed.interval().toMillis()));
            return isKnown ? super.choose(needs, measured) : new Choice(Optional.empty(), Map.of());
        }
    }
}
