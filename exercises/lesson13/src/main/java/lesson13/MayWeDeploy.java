package lesson13;

import java.util.List;
import java.util.Set;
import org.apache.avro.SchemaCompatibility.SchemaIncompatibilityType;
import workbook.check.Unsolved;

/**
 * Decides whether a new schema of a topic may be deployed, and who has to be first.
 *
 * <p><b>In:</b> the {@link Topic}, and the text of the schema that is proposed. All its producers and consumers run with the
 * latest version. The texts are schemas of Avro as JSON; only the proposed one may be anything, also null.
 *
 * <p><b>Out:</b> the {@link Decision}.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>What is not a schema of Avro is {@code INVALID}.
 * <li>What the registry refuses is {@code REFUSED}. It accepts a schema that the topic has already, and compares others as its
 *     {@link Level} says. The topic has a schema if it is one of the versions with another layout: other blanks, or attributes in
 *     another order. With other documentation or aliases it is another schema.
 * <li>Otherwise the answer says which deployments break nobody. It does not depend on the level:
 *     <ul>
 *     <li>Consumers with the new schema may start if they can read each record that the topic still has.
 *     <li>Producers with the new schema may start if the consumers of today can read their records.
 *     </ul>
 * <li>The conflicts are those that refuse the schema, or that forbid one of the two starts. Each is an incompatibility that Avro
 *     reports.
 * </ul>
 * "Can read" is what {@link org.apache.avro.SchemaCompatibility} finds {@code COMPATIBLE}.
 *
 * <p>Check it with {@code mvn test -Dlesson=13 -Dexercise=MayWeDeploy}; hints are in
 * {@code exercises/lesson13/hints/MayWeDeploy.md}.
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
        throw new Unsolved();
    }
}
