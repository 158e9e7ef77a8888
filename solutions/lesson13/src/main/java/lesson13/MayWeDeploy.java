package lesson13;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaIncompatibilityType;

/**
 * There are two questions, and the registry answers one of them. It compares schemas, as many as its level says, and does not know
 * which records the topic has or who runs. So a schema that it accepts may be unreadable for somebody: under {@code BACKWARD},
 * for whoever reads the topic from the beginning, or for the consumers of today.
 *
 * <p>The second question is about records: consumers meet those that are in the topic, and producers add some that today's
 * consumers meet. Each of them is a comparison with the roles of reader and writer in a certain order.
 */
public class MayWeDeploy {

    /** What the registry compares a new schema with, as in Confluent's registry. */
    public enum Level {
        NONE,
        /** The new schema has to read records of the latest version; with {@code TRANSITIVE} those of all versions. */
        BACKWARD,
        BACKWARD_TRANSITIVE,
        /** The latest version has to read records of the new schema; with {@code TRANSITIVE} all versions have to. */
        FORWARD,
        FORWARD_TRANSITIVE,
        /** Both. */
        FULL,
        FULL_TRANSITIVE
    }

    /**
     * A topic.
     *
     * @param level what its registry compares
     * @param versions the schemas that are registered, version 1 first; none for a new topic
     * @param oldest the oldest version of which the topic still has records; 1 without versions
     */
    public record Topic(Level level, List<String> versions, int oldest) {}

    /** The answers. */
    public enum Answer {
        INVALID,
        REFUSED,
        ANY_ORDER,
        /** Producers follow when all consumers are deployed. */
        CONSUMERS_FIRST,
        /** Consumers follow when the records that they cannot read have expired. */
        PRODUCERS_FIRST,
        /** No order is safe: the new schema needs a topic of its own. */
        NEW_TOPIC
    }

    /** Whose schema reads the other one's records in a conflict. */
    public enum Reader {
        NEW,
        OLD
    }

    /**
     * Why one schema cannot read the records of another one.
     *
     * @param version the version that is compared with the new schema
     * @param reader which of the two reads
     * @param type the type and the location of the incompatibility are Avro's
     */
    public record Conflict(int version, Reader reader, SchemaIncompatibilityType type, String location) {}

    /** @param conflicts none with {@code INVALID} and {@code ANY_ORDER} */
    public record Decision(Answer answer, Set<Conflict> conflicts) {}

    public Decision decide(Topic topic, String proposed) {
        Optional<Schema> parsed = parsed(proposed);
        if (parsed.isEmpty()) {
            return new Decision(Answer.INVALID, Set.of());
        }
        Schema schema = parsed.get();
        List<Schema> versions =
                topic.versions().stream().flatMap(text -> parsed(text).stream()).toList();
        Set<Conflict> refusing = isKnown(proposed, topic) ? Set.of() : forbidden(topic.level(), schema, versions);
        if (!refusing.isEmpty()) {
            return new Decision(Answer.REFUSED, refusing);
        }
        Set<Conflict> ofConsumers = conflicts(Reader.NEW, schema, versions, oldest(topic));
        Set<Conflict> ofProducers = conflicts(Reader.OLD, schema, versions, versions.size());
        Set<Conflict> all = new HashSet<>(ofConsumers);
        all.addAll(ofProducers);
        return new Decision(answer(ofConsumers.isEmpty(), ofProducers.isEmpty(), topic.level()), all);
    }

    /** A name of a type that nobody has defined is a NullPointerException, a wrong default an AvroTypeException. */
    Optional<Schema> parsed(String text) {
        try {
            return Optional.of(new Schema.Parser().parse(text));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The text of a parsed schema is the same for all layouts. */
    boolean isKnown(String proposed, Topic topic) {
        String schema = parsed(proposed).toString();
        return topic.versions().stream()
                .anyMatch(version -> parsed(version).toString().equals(schema));
    }

    Set<Conflict> forbidden(Level level, Schema schema, List<Schema> versions) {
        int from = isTransitive(level) ? 1 : versions.size();
        Set<Conflict> forbidden = new HashSet<>();
        if (isBackward(level)) {
            forbidden.addAll(conflicts(Reader.NEW, schema, versions, from));
        }
        if (isForward(level)) {
            forbidden.addAll(conflicts(Reader.OLD, schema, versions, from));
        }
        return forbidden;
    }

    boolean isTransitive(Level level) {
        return level.name().endsWith("_TRANSITIVE");
    }

    boolean isBackward(Level level) {
        return level.name().startsWith("BACKWARD") || level.name().startsWith("FULL");
    }

    boolean isForward(Level level) {
        return level.name().startsWith("FORWARD") || level.name().startsWith("FULL");
    }

    int oldest(Topic topic) {
        return topic.oldest();
    }

    Answer answer(boolean canConsumersStart, boolean canProducersStart, Level level) {
        if (canConsumersStart) {
            return canProducersStart ? Answer.ANY_ORDER : Answer.CONSUMERS_FIRST;
        }
        return canProducersStart ? Answer.PRODUCERS_FIRST : Answer.NEW_TOPIC;
    }

    /** @param from the number of the first version that is compared */
    Set<Conflict> conflicts(Reader reader, Schema schema, List<Schema> versions, int from) {
        return IntStream.rangeClosed(Math.max(from, 1), versions.size())
                .boxed()
                .flatMap(number -> {
                    Schema version = versions.get(number - 1);
                    return (reader == Reader.NEW ? unreadable(schema, version) : unreadable(version, schema))
                            .stream().map(found -> new Conflict(number, reader, found.getType(), found.getLocation()));
                })
                .collect(Collectors.toSet());
    }

    List<SchemaCompatibility.Incompatibility> unreadable(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities();
    }
}
