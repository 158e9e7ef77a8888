package lesson13;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaIncompatibilityType;
import org.apache.avro.SchemaParseException;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link MayWeDeploy} that people give. */
public final class MayWeDeployMisconceptions {

    private MayWeDeployMisconceptions() {}

    @Misconception(
            believed = "BACKWARD means that the old readers can go on.",
            really =
                    "It means that the new schema reads backward, into the past: it reads old records. That old readers read new"
                            + " records is FORWARD.",
            concept = "Schema evolution")
    public static class SwapsTheDirections extends MayWeDeploy {
        @Override
        boolean isBackward(Level level) {
            return super.isForward(level);
        }

        @Override
        boolean isForward(Level level) {
            return super.isBackward(level);
        }
    }

    @Misconception(
            believed = "Without records of the new version there is nothing to read, so producers go first.",
            really =
                    "Whoever reads records that others cannot read yet goes first. If only the new schema reads both, the"
                            + " first record of a new producer stops every old consumer.",
            concept = "Schema evolution")
    public static class SwapsTheOrder extends MayWeDeploy {
        @Override
        Answer answer(boolean canConsumersStart, boolean canProducersStart, Level level) {
            return super.answer(canProducersStart, canConsumersStart, level);
        }
    }

    @Misconception(
            believed =
                    "The level says who is first: consumers with BACKWARD, producers with FORWARD, anyone with FULL.",
            really =
                    "That is what each level guarantees at least. A change may be safe in both directions at any level, and at"
                            + " BACKWARD without TRANSITIVE it may be safe in none: old records may be left.",
            concept = "Schema evolution")
    public static class TakesTheOrderFromTheLevel extends MayWeDeploy {
        @Override
        Answer answer(boolean canConsumersStart, boolean canProducersStart, Level level) {
            return isBackward(level) || isForward(level)
                    ? super.answer(isBackward(level), isForward(level), level)
                    : super.answer(canConsumersStart, canProducersStart, level);
        }
    }

    @Misconception(
            believed = "A schema that reads records of the latest version reads the topic.",
            really =
                    "The topic may have records of all versions. A field that was removed, and comes back with another type, fits"
                            + " the latest version, and not the records of before.",
            concept = "Schema evolution")
    public static class ForgetsOlderRecords extends MayWeDeploy {
        @Override
        int oldest(Topic topic) {
            return topic.versions().size();
        }
    }

    @Misconception(
            believed = "A topic holds records of all its versions.",
            really =
                    "Only those that have not expired. A conflict with a version of which no record is left stops nobody.",
            concept = "Schema evolution")
    public static class KeepsExpiredRecords extends MayWeDeploy {
        @Override
        int oldest(Topic topic) {
            return 1;
        }
    }

    @Misconception(
            believed = "Each version fits the one before, so the newest fits all.",
            really =
                    "Compatibility does not add up: of three versions, the first two and the last two may fit, and the first and"
                            + " the last not. The TRANSITIVE levels compare with all for this reason.",
            concept = "Schema evolution")
    public static class ComparesWithTheLatestOnly extends MayWeDeploy {
        @Override
        boolean isTransitive(Level level) {
            return false;
        }
    }

    @Misconception(
            believed = "The registry protects all old records at BACKWARD.",
            really = "It compares with the latest version only, unless the level is TRANSITIVE.",
            concept = "Schema evolution")
    public static class ComparesWithAllVersions extends MayWeDeploy {
        @Override
        boolean isTransitive(Level level) {
            return true;
        }
    }

    @Misconception(
            believed = "FULL accepts what is compatible in one direction or the other.",
            really = "It asks for both directions: anyone may be deployed first.",
            concept = "Schema evolution")
    public static class TakesFullForEither extends MayWeDeploy {
        @Override
        Set<Conflict> forbidden(Level level, Schema schema, List<Schema> versions) {
            Set<Conflict> forbidden = super.forbidden(level, schema, versions);
            boolean isInBothDirections =
                    forbidden.stream().map(Conflict::reader).distinct().count() == 2;
            boolean isFull = isBackward(level) && isForward(level);
            return isFull && !isInBothDirections ? Set.of() : forbidden;
        }
    }

    @Misconception(
            believed = "At NONE nothing is checked, so nothing can be wrong.",
            really = "Nothing is refused. The records that nobody can read are in the topic nevertheless.",
            concept = "Schema evolution")
    public static class FindsNothingWrongAtNone extends MayWeDeploy {
        @Override
        public Decision decide(Topic topic, String proposed) {
            Decision decision = super.decide(topic, proposed);
            boolean isUnchecked = topic.level() == Level.NONE && decision.answer() != Answer.INVALID;
            return isUnchecked ? new Decision(Answer.ANY_ORDER, Set.of()) : decision;
        }
    }

    @Misconception(
            believed = "Removing a field always breaks something.",
            really =
                    "A reader that does not want the field skips it. Only a reader that does want it, and has no default, fails.",
            concept = "Schema evolution")
    public static class ForbidsToRemove extends MayWeDeploy {
        @Override
        Set<Conflict> conflicts(Reader reader, Schema schema, List<Schema> versions, int from) {
            Set<Conflict> conflicts = new HashSet<>(super.conflicts(reader, schema, versions, from));
            for (int number = Math.max(from, 1); number <= versions.size() && reader == Reader.NEW; number++) {
                for (Schema.Field field : versions.get(number - 1).getFields()) {
                    if (schema.getField(field.name()) == null) {
                        conflicts.add(new Conflict(
                                number,
                                reader,
                                SchemaIncompatibilityType.READER_FIELD_MISSING_DEFAULT_VALUE,
                                "/fields/" + field.pos()));
                    }
                }
            }
            return conflicts;
        }
    }

    @Misconception(
            believed = "A field that may be null is optional: readers do without it.",
            really =
                    "Its value may be null, but it has to be there. What stands in for a field that is missing is its default,"
                            + " and null is none until it is written down.",
            concept = "Schema evolution")
    public static class TakesNullForADefault extends Filtering {
        public TakesNullForADefault() {
            super(found -> found.getType() == SchemaIncompatibilityType.READER_FIELD_MISSING_DEFAULT_VALUE
                    && found.getReaderFragment()
                            .getField(found.getMessage())
                            .schema()
                            .isNullable());
        }
    }

    @Misconception(
            believed = "int and long are both whole numbers, so they fit each other.",
            really =
                    "A long reads an int. The other way a number may not fit, so Avro refuses it, even if all numbers are"
                            + " small.",
            concept = "Schema evolution")
    public static class WidensInBothDirections extends Filtering {
        private static final Set<Schema.Type> NUMBERS = Set.of(Schema.Type.INT, Schema.Type.LONG);

        public WidensInBothDirections() {
            super(found -> found.getType() == SchemaIncompatibilityType.TYPE_MISMATCH
                    && NUMBERS.contains(found.getReaderFragment().getType())
                    && NUMBERS.contains(found.getWriterFragment().getType()));
        }
    }

    @Misconception(
            believed = "One more symbol is like one more field: old readers ignore it.",
            really = "The symbol is the value, and there is nothing to skip. An old reader fails unless its enum has a"
                    + " default.",
            concept = "Schema evolution")
    public static class IgnoresNewSymbols extends Filtering {
        public IgnoresNewSymbols() {
            super(found -> found.getType() == SchemaIncompatibilityType.MISSING_ENUM_SYMBOLS);
        }
    }

    @Misconception(
            believed = "An alias is a hint for people.",
            really = "A reader looks for the field under its aliases, too. A new name with an alias reads old records.",
            concept = "Schema evolution")
    public static class OverlooksAliases extends MayWeDeploy {
        @Override
        List<Incompatibility> unreadable(Schema reader, Schema writer) {
            String withoutAliases = reader.toString().replaceAll(",\"aliases\":\\[[^]]*]", "");
            return super.unreadable(new Schema.Parser().parse(withoutAliases), writer);
        }
    }

    @Misconception(
            believed = "Going back to an earlier schema is a change like any other.",
            really =
                    "The registry has that schema. It returns its id, and neither compares it nor makes a new version.",
            concept = "Schema registry")
    public static class RefusesAWayBack extends MayWeDeploy {
        @Override
        boolean isKnown(String proposed, Topic topic) {
            return false;
        }
    }

    @Misconception(
            believed = "A schema is known if its text is.",
            really =
                    "Blanks and the order of attributes differ from build to build. The registry compares what it has parsed.",
            concept = "Schema registry")
    public static class ComparesTexts extends MayWeDeploy {
        @Override
        boolean isKnown(String proposed, Topic topic) {
            return topic.versions().contains(proposed);
        }
    }

    @Misconception(
            believed = "Two schemas are the same if Schema.equals says so.",
            really =
                    "It ignores documentation and aliases. For the registry they are part of the schema, and another one is"
                            + " compared like any new one.",
            concept = "Schema registry")
    public static class ComparesWithEquals extends MayWeDeploy {
        @Override
        boolean isKnown(String proposed, Topic topic) {
            return topic.versions().stream().anyMatch(version -> parsed(version).equals(parsed(proposed)));
        }
    }

    @Misconception(
            believed = "What is no schema throws a SchemaParseException.",
            really =
                    "A default of another type throws an AvroTypeException, and the name of a type that nobody has defined a"
                            + " NullPointerException. Text from outside can fail in more ways than one.",
            concept = "Malformed records")
    public static class ExpectsOneException extends MayWeDeploy {
        @Override
        Optional<Schema> parsed(String text) {
            try {
                return Optional.of(new Schema.Parser().parse(String.valueOf(text)));
            } catch (SchemaParseException e) {
                return Optional.empty();
            }
        }
    }

    /** Overlooks some of Avro's findings. */
    abstract static class Filtering extends MayWeDeploy {

        private final Predicate<Incompatibility> isOverlooked;

        Filtering(Predicate<Incompatibility> isOverlooked) {
            this.isOverlooked = isOverlooked;
        }

        @Override
        List<Incompatibility> unreadable(Schema reader, Schema writer) {
            return super.unreadable(reader, writer).stream()
                    .filter(isOverlooked.negate())
                    .toList();
        }
    }
}
