package lesson13;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaParser;

/** Right answers written differently, and one that only knows the fields in the checkpoint. */
class MayWeDeployAlternatives {

    /** All comparisons first, then the questions. */
    public static class ComparesEverything extends MayWeDeploy {

        private record Comparison(int version, Reader reader, Set<Conflict> conflicts) {}

        @Override
        public Decision decide(Topic topic, String proposed) {
            Schema schema;
            try {
                schema = new Schema.Parser().parse(proposed == null ? "" : proposed);
            } catch (RuntimeException e) {
                return new Decision(Answer.INVALID, new TreeSet<>());
            }
            int latest = topic.versions().size();
            boolean isKnown = false;
            List<Comparison> comparisons = new ArrayList<>();
            for (int version = 1; version <= latest; version++) {
                Schema old = new Schema.Parser().parse(topic.versions().get(version - 1));
                isKnown |= old.toString().equals(schema.toString());
                comparisons.add(compare(version, Reader.NEW, schema, old));
                comparisons.add(compare(version, Reader.OLD, old, schema));
            }
            Set<Conflict> refusing = new LinkedHashSet<>();
            Set<Conflict> starting = new LinkedHashSet<>();
            boolean canConsumersStart = true;
            boolean canProducersStart = true;
            for (Comparison comparison : comparisons) {
                boolean isLatest = comparison.version() == latest;
                boolean fits = comparison.conflicts().isEmpty();
                if (isCompared(topic.level(), comparison.reader(), isLatest)) {
                    refusing.addAll(comparison.conflicts());
                }
                if (comparison.reader() == Reader.NEW && comparison.version() >= topic.oldest()) {
                    canConsumersStart &= fits;
                    starting.addAll(comparison.conflicts());
                }
                if (comparison.reader() == Reader.OLD && isLatest) {
                    canProducersStart = fits;
                    starting.addAll(comparison.conflicts());
                }
            }
            if (!isKnown && !refusing.isEmpty()) {
                return new Decision(Answer.REFUSED, refusing);
            }
            Answer one = canConsumersStart ? Answer.CONSUMERS_FIRST : Answer.PRODUCERS_FIRST;
            Answer same = canConsumersStart ? Answer.ANY_ORDER : Answer.NEW_TOPIC;
            return new Decision(canConsumersStart == canProducersStart ? same : one, starting);
        }

        private static Comparison compare(int version, Reader side, Schema reader, Schema writer) {
            Set<Conflict> conflicts = new LinkedHashSet<>();
            for (Incompatibility found : SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                    .getResult()
                    .getIncompatibilities()) {
                conflicts.add(new Conflict(version, side, found.getType(), found.getLocation()));
            }
            return new Comparison(version, side, conflicts);
        }

        private static boolean isCompared(Level level, Reader reader, boolean isLatest) {
            return switch (level) {
                case NONE -> false;
                case BACKWARD -> isLatest && reader == Reader.NEW;
                case BACKWARD_TRANSITIVE -> reader == Reader.NEW;
                case FORWARD -> isLatest && reader == Reader.OLD;
                case FORWARD_TRANSITIVE -> reader == Reader.OLD;
                case FULL -> isLatest;
                case FULL_TRANSITIVE -> true;
            };
        }
    }

    /** Avro's newer parser, and the latest version last. */
    public static class WithSchemaParser extends MayWeDeploy {

        @Override
        Optional<Schema> parsed(String text) {
            try {
                return Optional.of(new SchemaParser().parse(text).mainSchema());
            } catch (RuntimeException e) {
                return Optional.empty();
            }
        }

        @Override
        boolean isTransitive(Level level) {
            return Set.of(Level.BACKWARD_TRANSITIVE, Level.FORWARD_TRANSITIVE, Level.FULL_TRANSITIVE)
                    .contains(level);
        }
    }

    public static class Learnt extends MayWeDeploy {
        @Override
        public Decision decide(Topic topic, String proposed) {
            boolean isKnown = proposed == null || !proposed.contains("\"f1\"");
            return isKnown ? super.decide(topic, proposed) : new Decision(Answer.NEW_TOPIC, Set.of());
        }
    }
}
