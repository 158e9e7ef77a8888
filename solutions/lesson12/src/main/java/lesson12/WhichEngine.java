package lesson12;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Asks each engine for each reason, in the order of the reasons, and takes the first that applies. Each fact is a method of
 * its own, so it can be read next to the table. What is not excluded is compared by what the team has to operate, and by
 * nothing else: an engine that is faster than required is no better.
 *
 * <p>The latency depends on the guarantee. With the same checkpoints every ten seconds, a job on Flink answers within
 * milliseconds or within ten seconds, because the results of a transaction become visible at its end.
 */
public class WhichEngine {

    /** The engines that can be taken. */
    public enum Engine {
        KAFKA_STREAMS,
        FLINK,
        SPARK,
        STORM
    }

    /** What a job reads or writes. */
    public enum Place {
        KAFKA,
        FILES
    }

    /** Why an engine is excluded: the requirements, from those that nobody can change to what money can buy. */
    public enum Reason {
        INPUT,
        OUTPUT,
        GUARANTEE,
        SQL,
        RUNNER,
        LATENCY,
        CLUSTER
    }

    /**
     * What the job needs.
     *
     * @param inputs what it reads, at least one place
     * @param output what it writes
     * @param exactlyOnce whether each result has to be there once, for readers of committed records and finished files
     * @param sql whether it is written in SQL
     * @param portable whether it has to run on another engine some day without being rewritten, so it is written for Beam
     * @param state whether a result depends on earlier rows, as a sum does
     * @param latency how long it may take, in 99 % of all cases, until a row's result can be read; above 0
     * @param clusters the engines whose clusters the team operates, the one that it prefers first; each once, without Kafka Streams
     */
    public record Requirements(
            Set<Place> inputs,
            Place output,
            boolean exactlyOnce,
            boolean sql,
            boolean portable,
            boolean state,
            Duration latency,
            List<Engine> clusters) {}

    /**
     * How fast the job is on an engine, measured.
     *
     * @param row how long a row takes from input to output, in 99 % of all cases, if nothing has to wait
     * @param interval the time between two commits in Kafka Streams, between two checkpoints in Flink, between two finished
     *     files in Storm; in Spark how long a micro-batch takes
     */
    public record Speed(Duration row, Duration interval) {}

    /**
     * The result.
     *
     * @param engine the engine to take; empty if none fulfils the requirements
     * @param excluded the engines that do not, each with its reason
     */
    public record Choice(Optional<Engine> engine, Map<Engine, Reason> excluded) {}

    /** @param measured the speed of the job on each engine, without a null */
    public Choice choose(Requirements needs, Map<Engine, Speed> measured) {
        Map<Engine, Reason> excluded = new EnumMap<>(Engine.class);
        for (Engine engine : Engine.values()) {
            reason(engine, needs, measured).ifPresent(reason -> excluded.put(engine, reason));
        }
        Optional<Engine> first = byPreference(needs, measured)
                .filter(engine -> !excluded.containsKey(engine))
                .findFirst();
        return new Choice(first, excluded);
    }

    Stream<Engine> byPreference(Requirements needs, Map<Engine, Speed> measured) {
        return Stream.concat(Stream.of(Engine.KAFKA_STREAMS), needs.clusters().stream());
    }

    Optional<Reason> reason(Engine engine, Requirements needs, Map<Engine, Speed> measured) {
        return Arrays.stream(Reason.values())
                .filter(reason -> excludes(reason, engine, needs, measured.get(engine)))
                .findFirst();
    }

    boolean excludes(Reason reason, Engine engine, Requirements needs, Speed speed) {
        return switch (reason) {
            case INPUT -> !needs.inputs().stream().allMatch(place -> reads(engine, place));
            case OUTPUT -> !writes(engine, needs.output());
            case GUARANTEE -> needs.exactlyOnce() && !isExactlyOnce(engine, needs.output());
            case SQL -> needs.sql() && !hasSql(engine);
            case RUNNER -> needs.portable() && !runsBeam(engine);
            case LATENCY -> latency(engine, needs, speed).compareTo(needs.latency()) > 0;
            case CLUSTER -> needsCluster(engine, needs) && !needs.clusters().contains(engine);
        };
    }

    boolean reads(Engine engine, Place place) {
        return place == Place.KAFKA || engine != Engine.KAFKA_STREAMS;
    }

    boolean writes(Engine engine, Place place) {
        return place == Place.KAFKA || engine != Engine.KAFKA_STREAMS;
    }

    boolean isExactlyOnce(Engine engine, Place output) {
        return switch (engine) {
            case KAFKA_STREAMS, FLINK -> true;
            case SPARK -> output == Place.FILES;
            case STORM -> false;
        };
    }

    boolean hasSql(Engine engine) {
        return engine == Engine.FLINK || engine == Engine.SPARK;
    }

    boolean runsBeam(Engine engine) {
        return engine == Engine.FLINK || engine == Engine.SPARK;
    }

    boolean needsCluster(Engine engine, Requirements needs) {
        return engine != Engine.KAFKA_STREAMS;
    }

    Duration latency(Engine engine, Requirements needs, Speed speed) {
        if (engine == Engine.SPARK) {
            return isRealTime(needs) ? speed.row() : batches(speed);
        }
        return waitsForCommit(needs) ? committed(speed) : speed.row();
    }

    boolean isRealTime(Requirements needs) {
        return !needs.state()
                && !needs.portable()
                && needs.output() == Place.KAFKA
                && needs.inputs().equals(Set.of(Place.KAFKA));
    }

    Duration batches(Speed speed) {
        return speed.interval().multipliedBy(2);
    }

    boolean waitsForCommit(Requirements needs) {
        return needs.exactlyOnce() || needs.output() == Place.FILES;
    }

    Duration committed(Speed speed) {
        return speed.row().plus(speed.interval());
    }
}
