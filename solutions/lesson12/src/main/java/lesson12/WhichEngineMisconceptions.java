package lesson12;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link WhichEngine} that people give. */
public final class WhichEngineMisconceptions {

    private WhichEngineMisconceptions() {}

    @Misconception(
            believed = "Flink is the fastest engine, so it is the one to take.",
            really =
                    "An engine is fast enough or it is not. If Kafka Streams fulfils the requirements as well, Flink's cluster is"
                            + " operated for nothing.",
            concept = "Choosing an engine")
    public static class AlwaysTakesFlink extends WhichEngine {
        @Override
        Stream<Engine> byPreference(Requirements needs, Map<Engine, Speed> measured) {
            return Stream.concat(Stream.of(Engine.FLINK), super.byPreference(needs, measured));
        }
    }

    @Misconception(
            believed = "The fastest engine wins.",
            really =
                    "A latency below the required one is worth nothing to anyone. What differs afterwards is what the team has to"
                            + " operate.",
            concept = "Choosing an engine")
    public static class TakesTheFastest extends WhichEngine {
        @Override
        Stream<Engine> byPreference(Requirements needs, Map<Engine, Speed> measured) {
            return Stream.of(Engine.values())
                    .sorted(Comparator.comparing(engine -> latency(engine, needs, measured.get(engine))));
        }
    }

    @Misconception(
            believed = "The cluster that is there anyway costs nothing.",
            really =
                    "A job on it shares its capacity, its upgrades and its failures with all others. A library in the service that"
                            + " needs the result adds none of them.",
            concept = "Choosing an engine")
    public static class PrefersAClusterToALibrary extends WhichEngine {
        @Override
        Stream<Engine> byPreference(Requirements needs, Map<Engine, Speed> measured) {
            return Stream.concat(needs.clusters().stream(), Stream.of(Engine.KAFKA_STREAMS));
        }
    }

    @Misconception(
            believed = "Any engine that fits will do, so the first one of the list is taken.",
            really =
                    "Several engines fit most jobs. Which of them a team can operate at night is no detail: its order decides.",
            concept = "Choosing an engine")
    public static class IgnoresThePreference extends WhichEngine {
        @Override
        Stream<Engine> byPreference(Requirements needs, Map<Engine, Speed> measured) {
            return Stream.of(Engine.values());
        }
    }

    @Misconception(
            believed = "If nothing fits, take what comes closest.",
            really =
                    "An engine that misses a requirement misses it in production, too. Without a choice, the reasons say which"
                            + " requirement has to be talked about.",
            concept = "Choosing an engine")
    public static class TakesOneThatDoesNotFit extends WhichEngine {
        @Override
        public Choice choose(Requirements needs, Map<Engine, Speed> measured) {
            Choice choice = super.choose(needs, measured);
            Optional<Engine> any = byPreference(needs, measured).findFirst();
            return new Choice(choice.engine().or(() -> any), choice.excluded());
        }
    }

    @Misconception(
            believed = "Kafka Streams runs on a cluster, like Flink and Spark.",
            really =
                    "It is a library. Its instances are ordinary processes that share the partitions of a topic as consumers of a"
                            + " group; the only cluster is Kafka.",
            concept = "The landscape")
    public static class WantsAClusterForKafkaStreams extends WhichEngine {
        @Override
        boolean needsCluster(Engine engine, Requirements needs) {
            return true;
        }
    }

    @Misconception(
            believed = "A cluster can always be added.",
            really =
                    "Somebody has to operate it: upgrades, capacity, failures at night. If nobody does, the engine is excluded,"
                            + " however well it fits.",
            concept = "The landscape")
    public static class FindsAClusterForEverything extends WhichEngine {
        @Override
        boolean needsCluster(Engine engine, Requirements needs) {
            return false;
        }
    }

    @Misconception(
            believed = "Beam is an engine. What is written for it needs nothing else.",
            really =
                    "Beam is a model and a library. A runner translates the program for an engine, whose cluster has to be there.",
            concept = "The landscape")
    public static class TakesBeamForAnEngine extends WhichEngine {
        @Override
        boolean needsCluster(Engine engine, Requirements needs) {
            return super.needsCluster(engine, needs) && !needs.portable();
        }
    }

    @Misconception(
            believed = "A program for Beam runs on every engine.",
            really =
                    "It runs on the engines that have a runner, and each supports the model to a different degree. In the release"
                            + " used here Kafka Streams and Storm have none.",
            concept = "The landscape")
    public static class RunsBeamEverywhere extends WhichEngine {
        @Override
        boolean runsBeam(Engine engine) {
            return true;
        }
    }

    @Misconception(
            believed = "Kafka Streams reads whatever a Java program can read.",
            really =
                    "Its sources are topics. What is in files has to be written to a topic first, by Kafka Connect or by another"
                            + " program.",
            concept = "The landscape")
    public static class ReadsFilesWithKafkaStreams extends WhichEngine {
        @Override
        boolean reads(Engine engine, Place place) {
            return true;
        }
    }

    @Misconception(
            believed = "An engine that reads one of the inputs is good enough, because the job can look up the rest.",
            really =
                    "A lookup in a function is an input that the engine does not know: it is in no checkpoint, and nothing"
                            + " replays it.",
            concept = "Choosing an engine")
    public static class ReadsOneOfTheInputs extends WhichEngine {
        @Override
        boolean excludes(Reason reason, Engine engine, Requirements needs, Speed speed) {
            return reason == Reason.INPUT
                    ? needs.inputs().stream().noneMatch(place -> reads(engine, place))
                    : super.excludes(reason, engine, needs, speed);
        }
    }

    @Misconception(
            believed = "Kafka Streams can write files from foreach.",
            really =
                    "A foreach is a side effect. No commit covers it: after a crash the same records are written again.",
            concept = "The landscape")
    public static class WritesFilesWithKafkaStreams extends WhichEngine {
        @Override
        boolean writes(Engine engine, Place place) {
            return true;
        }
    }

    @Misconception(
            believed = "Storm processes each tuple exactly once: the ackers see to it.",
            really =
                    "They see to it that each tuple is processed at least once. A tuple whose ack was lost comes again.",
            concept = "Acking")
    public static class TakesStormForExactlyOnce extends WhichEngine {
        @Override
        boolean isExactlyOnce(Engine engine, Place output) {
            return engine == Engine.STORM || super.isExactlyOnce(engine, output);
        }
    }

    @Misconception(
            believed = "Spark is exactly once, so it writes each result to Kafka once.",
            really =
                    "Exactly once is a property of the whole path. Spark's Kafka sink uses no transactions: a batch that is"
                            + " repeated after a crash is sent again.",
            concept = "Delivery guarantees")
    public static class TrustsSparkWithEverySink extends WhichEngine {
        @Override
        boolean isExactlyOnce(Engine engine, Place output) {
            return engine == Engine.SPARK || super.isExactlyOnce(engine, output);
        }
    }

    @Misconception(
            believed = "Micro-batches are repeated after a crash, so they cannot be exactly once.",
            really =
                    "A batch is repeated with the same number and the same rows. A sink that remembers the number, as the file sink"
                            + " does, has its results once.",
            concept = "Delivery guarantees")
    public static class TakesMicroBatchesForAtLeastOnce extends WhichEngine {
        @Override
        boolean isExactlyOnce(Engine engine, Place output) {
            return engine != Engine.SPARK && super.isExactlyOnce(engine, output);
        }
    }

    @Misconception(
            believed = "There is ksqlDB, so Kafka Streams has SQL.",
            really =
                    "ksqlDB is another product: servers that run queries on top of Kafka Streams. The library has a DSL and a"
                            + " processor API.",
            concept = "The landscape")
    public static class WritesSqlForKafkaStreams extends WhichEngine {
        @Override
        boolean hasSql(Engine engine) {
            return engine == Engine.KAFKA_STREAMS || super.hasSql(engine);
        }
    }

    @Misconception(
            believed = "Every engine has SQL nowadays.",
            really = "Flink and Spark have. Kafka Streams never had, and Storm has removed its own.",
            concept = "The landscape")
    public static class ExpectsSqlEverywhere extends WhichEngine {
        @Override
        boolean hasSql(Engine engine) {
            return true;
        }
    }

    @Misconception(
            believed = "Exactly once is a setting. It costs some throughput, but a result is there as soon as before.",
            really =
                    "Readers of committed records see a result when its transaction is committed: in Flink with the next checkpoint,"
                            + " in Kafka Streams with the next commit.",
            concept = "Choosing an engine")
    public static class GetsExactlyOnceForNothing extends WhichEngine {
        @Override
        boolean waitsForCommit(Requirements needs) {
            return needs.output() == Place.FILES;
        }
    }

    @Misconception(
            believed = "A row that was written to a file can be read.",
            really =
                    "A file is finished when it is committed, in Flink with a checkpoint. Before that its readers do not"
                            + " see it, with any guarantee.",
            concept = "Choosing an engine")
    public static class ReadsUnfinishedFiles extends WhichEngine {
        @Override
        boolean waitsForCommit(Requirements needs) {
            return needs.exactlyOnce();
        }
    }

    @Misconception(
            believed = "With checkpoints every ten seconds, a result waits for five seconds.",
            really =
                    "That is the mean. A latency is promised for nearly all rows, and some come right after a checkpoint: they wait"
                            + " for the whole interval.",
            concept = "Choosing an engine")
    public static class WaitsForHalfAnInterval extends WhichEngine {
        @Override
        Duration committed(Speed speed) {
            return speed.row().plus(speed.interval().dividedBy(2));
        }
    }

    @Misconception(
            believed = "What waits for a checkpoint waits for its interval, so that is the latency.",
            really = "The row has to be processed, too: it comes in addition.",
            concept = "Choosing an engine")
    public static class ForgetsTheRow extends WhichEngine {
        @Override
        Duration committed(Speed speed) {
            return speed.interval();
        }
    }

    @Misconception(
            believed = "A micro-batch of one second has a latency of one second.",
            really =
                    "A row that arrives just after the start of a batch is not in it. It waits for its end, and for its own batch.",
            concept = "Micro-batches")
    public static class WaitsForOneBatch extends WhichEngine {
        @Override
        Duration batches(Speed speed) {
            return speed.interval();
        }
    }

    @Misconception(
            believed = "Spark is a batch engine: it needs seconds.",
            really =
                    "A query without state from Kafka to Kafka can run in real-time mode, in which rows pass within milliseconds.",
            concept = "Micro-batches")
    public static class KnowsOnlyMicroBatches extends WhichEngine {
        @Override
        boolean isRealTime(Requirements needs) {
            return false;
        }
    }

    @Misconception(
            believed = "Real-time mode is a trigger, so every query can use it.",
            really =
                    "In Spark 4.2 it takes no state: a query that drops duplicates starts and ends with an error. Aggregations"
                            + " and joins of streams stay in micro-batches.",
            concept = "Micro-batches")
    public static class AggregatesInRealTimeMode extends WhichEngine {
        @Override
        boolean isRealTime(Requirements needs) {
            return !needs.portable()
                    && needs.output() == Place.KAFKA
                    && needs.inputs().equals(Set.of(Place.KAFKA));
        }
    }

    @Misconception(
            believed = "Real-time mode works with every source and every sink.",
            really =
                    "Its sources and sinks have to support it, as those of Kafka do. Files do not: a file is committed with a"
                            + " batch.",
            concept = "Micro-batches")
    public static class WritesFilesInRealTimeMode extends WhichEngine {
        @Override
        boolean isRealTime(Requirements needs) {
            return !needs.state() && !needs.portable();
        }
    }

    @Misconception(
            believed = "What is written for Beam can do whatever its engine can.",
            really = "It can do what the runner can. Beam's runner for Spark knows micro-batches only.",
            concept = "The landscape")
    public static class RunsBeamInRealTimeMode extends WhichEngine {
        @Override
        boolean isRealTime(Requirements needs) {
            return !needs.state()
                    && needs.output() == Place.KAFKA
                    && needs.inputs().equals(Set.of(Place.KAFKA));
        }
    }

    @Misconception(
            believed = "A latency of 20 ms means less than 20 ms.",
            really =
                    "A limit is what may be reached: at most. A requirement that excludes its own value has to say so.",
            concept = "Choosing an engine")
    public static class ExcludesTheLimit extends WhichEngine {
        @Override
        boolean excludes(Reason reason, Engine engine, Requirements needs, Speed speed) {
            return reason == Reason.LATENCY
                    ? latency(engine, needs, speed).compareTo(needs.latency()) >= 0
                    : super.excludes(reason, engine, needs, speed);
        }
    }

    @Misconception(
            believed = "An engine is out or not. Which of its reasons is named does not matter.",
            really =
                    "A reason is what gets discussed next. Whoever hears of a missing cluster buys one, and then finds out that"
                            + " the engine cannot read the input.",
            concept = "Choosing an engine")
    public static class NamesTheLastReason extends WhichEngine {
        @Override
        Optional<Reason> reason(Engine engine, Requirements needs, Map<Engine, Speed> measured) {
            List<Reason> reasons = Arrays.asList(Reason.values());
            Collections.reverse(reasons);
            return reasons.stream()
                    .filter(reason -> excludes(reason, engine, needs, measured.get(engine)))
                    .findFirst();
        }
    }

    @Misconception(
            believed = "Once an engine is found, the others need no look.",
            really = "Somebody will ask why it was not another one. The reasons are half of the decision.",
            concept = "Choosing an engine")
    public static class StopsAtTheFirstThatFits extends WhichEngine {
        @Override
        public Choice choose(Requirements needs, Map<Engine, Speed> measured) {
            Choice choice = super.choose(needs, measured);
            boolean isFound = choice.engine().isPresent();
            return new Choice(choice.engine(), isFound ? Map.of() : choice.excluded());
        }
    }
}
