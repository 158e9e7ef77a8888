package lesson12;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import workbook.check.Unsolved;

/**
 * Chooses the engine of a job, and says of each excluded engine why.
 *
 * <p><b>In:</b> the {@link Requirements} of the job, and its {@link Speed} on each engine.
 *
 * <p><b>Out:</b> the {@link Choice}. An engine that does not fulfil a requirement is excluded. Its reason is the first one, in
 * the order of {@link Reason}. Of the others take Kafka Streams, because it adds no cluster, or else the one whose cluster the
 * team prefers.
 *
 * <p><b>Done means:</b> the choice follows from these facts and from nothing else.
 * <table>
 * <caption>What the engines can do</caption>
 * <tr><th></th><th>Kafka Streams</th><th>Flink</th><th>Spark</th><th>Storm</th></tr>
 * <tr><td>{@code INPUT}: reads</td><td>Kafka</td><td>Kafka, files</td><td>Kafka, files</td><td>Kafka, files</td></tr>
 * <tr><td>{@code OUTPUT}: writes</td><td>Kafka</td><td>Kafka, files</td><td>Kafka, files</td><td>Kafka, files</td></tr>
 * <tr><td>{@code GUARANTEE}: exactly once</td><td>to Kafka</td><td>to Kafka, to files</td><td>to files</td><td>no</td></tr>
 * <tr><td>{@code SQL}</td><td>no</td><td>yes</td><td>yes</td><td>no</td></tr>
 * <tr><td>{@code RUNNER}: Beam runs streams on it</td><td>no</td><td>yes</td><td>yes</td><td>no</td></tr>
 * <tr><td>{@code CLUSTER}: needs one of its own, operated by the team</td><td>no</td><td>yes</td><td>yes</td><td>yes</td></tr>
 * </table>
 * A job needs an engine that reads all its inputs. What is written for Beam runs on the cluster of an engine.
 *
 * <p>{@code LATENCY}: a row that arrives at the worst moment has its result after {@code latency} at the latest.
 * <ul>
 * <li>Kafka Streams, Flink and Storm process row by row. A result can be read after the time of a row. If the job is exactly
 *     once or writes files, it can be read with the next commit only: the row waits for a whole interval in addition.
 * <li>Spark processes micro-batches. The row waits until the batch that runs has ended, and its result can be read at the end
 *     of its own batch.
 * <li>Jobs without state that read only Kafka, write to Kafka and are not written for Beam run in Spark's real-time mode: a
 *     result can be read after the time of a row.
 * </ul>
 *
 * <p>Storm is meant without Trident, Beam with any version of an engine that it supports. The sources of the facts are in
 * {@code CONCEPTS.md#choosing-an-engine}. Check it with {@code mvn test -Dlesson=12 -Dexercise=WhichEngine}; hints are in
 * {@code exercises/lesson12/hints/WhichEngine.md}.
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
        throw new Unsolved();
    }
}
