package lesson13;

import static workbook.check.script.Script.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lesson13.MayWeDeploy.Answer;
import lesson13.MayWeDeploy.Conflict;
import lesson13.MayWeDeploy.Decision;
import lesson13.MayWeDeploy.Level;
import lesson13.MayWeDeploy.Topic;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Schemas are written as their fields: {@code amount:int=0} has a default, {@code cents:int~amount} an alias, {@code string?}
 * may be null, {@code {SHOP|WEB}} is an enum, and {@code {SHOP|WEB!WEB}} one with a default. Versions are separated by
 * {@code ;}. {@code spread} in front of the fields is another layout of the same schema, {@code doc} adds documentation.
 */
@Checkpoint(MayWeDeploy.class)
class MayWeDeployCheckpoint {

    private static final String ID = "id:long";
    private static final String NO_DEFAULT = "READER_FIELD_MISSING_DEFAULT_VALUE /fields/";
    private static final String MISMATCH = "TYPE_MISMATCH /fields/";
    private static final List<String> NO_SCHEMAS = List.of(
            "null",
            "nothing",
            "{",
            "{\"type\":\"recor\"}",
            "{\"type\":\"record\",\"name\":\"Payment\",\"fields\":[{\"name\":\"id\",\"type\":\"long\",\"default\":\"x\"}]}",
            "{\"type\":\"record\",\"name\":\"Payment\",\"fields\":[{\"name\":\"id\",\"type\":\"money\"}]}");

    @Test
    @Order(1)
    void whatFitsInBothDirectionsIsDeployedInAnyOrder(MayWeDeploy answer) {
        new Cases()
                .given(Level.FULL, 1, ID, "id:long amount:int=0", Answer.ANY_ORDER)
                .given(Level.FULL, 1, "id:long amount:int=0", ID, Answer.ANY_ORDER)
                .given(Level.FULL, 1, ID, ID, Answer.ANY_ORDER)
                .given(Level.FULL, 1, ID, "id:long note:string?=null", Answer.ANY_ORDER)
                .given(Level.FULL_TRANSITIVE, 1, "", "id:long amount:int", Answer.ANY_ORDER)
                .given(Level.BACKWARD, 1, "", "id:long amount:int", Answer.ANY_ORDER)
                .run(answer);
    }

    @Test
    @Order(2)
    void consumersGoFirstIfOnlyTheNewSchemaReadsBoth(MayWeDeploy answer) {
        new Cases()
                .given(
                        Level.BACKWARD,
                        1,
                        "id:long amount:int",
                        ID,
                        Answer.CONSUMERS_FIRST,
                        "v1 OLD " + NO_DEFAULT + "1")
                .given(Level.BACKWARD, 1, "id:int", ID, Answer.CONSUMERS_FIRST, "v1 OLD " + MISMATCH + "0/type")
                .given(
                        Level.BACKWARD,
                        1,
                        "channel:{SHOP|WEB}",
                        "channel:{SHOP|WEB|APP}",
                        Answer.CONSUMERS_FIRST,
                        "v1 OLD MISSING_ENUM_SYMBOLS /fields/0/type/symbols")
                .given(
                        Level.BACKWARD,
                        1,
                        "id:long amount:int",
                        "id:long cents:int~amount",
                        Answer.CONSUMERS_FIRST,
                        "v1 OLD " + NO_DEFAULT + "1")
                .given(
                        Level.BACKWARD,
                        1,
                        "id:long note:string",
                        "id:long note:string?",
                        Answer.CONSUMERS_FIRST,
                        "v1 OLD " + MISMATCH + "1/type/0")
                .run(answer);
    }

    @Test
    @Order(3)
    void producersGoFirstIfOnlyTheOldSchemaReadsBoth(MayWeDeploy answer) {
        new Cases()
                .given(Level.FORWARD, 1, ID, "id:long amount:int", Answer.PRODUCERS_FIRST, "v1 NEW " + NO_DEFAULT + "1")
                .given(
                        Level.FORWARD,
                        1,
                        ID,
                        "id:long note:string?",
                        Answer.PRODUCERS_FIRST,
                        "v1 NEW " + NO_DEFAULT + "1")
                .given(Level.FORWARD, 1, ID, "id:int", Answer.PRODUCERS_FIRST, "v1 NEW " + MISMATCH + "0/type")
                .given(
                        Level.FORWARD,
                        1,
                        "channel:{SHOP|WEB|APP}",
                        "channel:{SHOP|WEB}",
                        Answer.PRODUCERS_FIRST,
                        "v1 NEW MISSING_ENUM_SYMBOLS /fields/0/type/symbols")
                .given(Level.FORWARD, 1, "channel:{SHOP|WEB!WEB}", "channel:{SHOP|WEB|APP!WEB}", Answer.ANY_ORDER)
                .run(answer);
    }

    @Test
    @Order(4)
    void withoutASafeOrderTheSchemaNeedsANewTopic(MayWeDeploy answer) {
        new Cases()
                .given(
                        Level.NONE,
                        1,
                        "id:long amount:int",
                        "id:long amount:string",
                        Answer.NEW_TOPIC,
                        "v1 NEW " + MISMATCH + "1/type",
                        "v1 OLD " + MISMATCH + "1/type")
                .given(
                        Level.NONE,
                        1,
                        "id:long amount:int",
                        "id:long cents:int",
                        Answer.NEW_TOPIC,
                        "v1 NEW " + NO_DEFAULT + "1",
                        "v1 OLD " + NO_DEFAULT + "1")
                .run(answer);
    }

    @Test
    @Order(5)
    void theLevelDecidesWhatIsRefused(MayWeDeploy answer) {
        String more = "id:long amount:int";
        String added = "v1 NEW " + NO_DEFAULT + "1";
        String removed = "v1 OLD " + NO_DEFAULT + "1";
        new Cases()
                .given(Level.NONE, 1, ID, more, Answer.PRODUCERS_FIRST, added)
                .given(Level.BACKWARD, 1, ID, more, Answer.REFUSED, added)
                .given(Level.BACKWARD_TRANSITIVE, 1, ID, more, Answer.REFUSED, added)
                .given(Level.FORWARD, 1, ID, more, Answer.PRODUCERS_FIRST, added)
                .given(Level.FORWARD_TRANSITIVE, 1, ID, more, Answer.PRODUCERS_FIRST, added)
                .given(Level.FULL, 1, ID, more, Answer.REFUSED, added)
                .given(Level.FULL_TRANSITIVE, 1, ID, more, Answer.REFUSED, added)
                .given(Level.NONE, 1, more, ID, Answer.CONSUMERS_FIRST, removed)
                .given(Level.BACKWARD, 1, more, ID, Answer.CONSUMERS_FIRST, removed)
                .given(Level.BACKWARD_TRANSITIVE, 1, more, ID, Answer.CONSUMERS_FIRST, removed)
                .given(Level.FORWARD, 1, more, ID, Answer.REFUSED, removed)
                .given(Level.FORWARD_TRANSITIVE, 1, more, ID, Answer.REFUSED, removed)
                .given(Level.FULL, 1, more, ID, Answer.REFUSED, removed)
                .given(Level.FULL_TRANSITIVE, 1, more, ID, Answer.REFUSED, removed)
                .run(answer);
    }

    @Test
    @Order(6)
    void theLevelDoesNotDecideTheOrder(MayWeDeploy answer) {
        new Cases()
                .given(Level.BACKWARD, 1, ID, "id:long amount:int=0", Answer.ANY_ORDER)
                .given(Level.BACKWARD_TRANSITIVE, 1, ID, "id:long amount:int=0", Answer.ANY_ORDER)
                .given(Level.FORWARD, 1, ID, "id:long amount:int=0", Answer.ANY_ORDER)
                .given(Level.NONE, 1, ID, "id:long amount:int=0", Answer.ANY_ORDER)
                .run(answer);
    }

    @Test
    @Order(7)
    void onlyTransitiveLevelsCompareWithAllVersions(MayWeDeploy answer) {
        String versions = "id:long amount:int=0; id:long";
        String again = "id:long amount:string=none";
        new Cases()
                .given(Level.BACKWARD, 2, versions, again, Answer.ANY_ORDER)
                .given(Level.FORWARD, 2, versions, again, Answer.ANY_ORDER)
                .given(Level.FULL, 2, versions, again, Answer.ANY_ORDER)
                .given(Level.BACKWARD_TRANSITIVE, 2, versions, again, Answer.REFUSED, "v1 NEW " + MISMATCH + "1/type")
                .given(Level.FORWARD_TRANSITIVE, 2, versions, again, Answer.REFUSED, "v1 OLD " + MISMATCH + "1/type")
                .given(
                        Level.FULL_TRANSITIVE,
                        2,
                        versions,
                        again,
                        Answer.REFUSED,
                        "v1 NEW " + MISMATCH + "1/type",
                        "v1 OLD " + MISMATCH + "1/type")
                .run(answer);
    }

    @Test
    @Order(8)
    void consumersMeetTheRecordsThatTheTopicHas(MayWeDeploy answer) {
        String versions = "id:long amount:int=0; id:long; id:long note:string=none";
        String again = "id:long amount:string=none";
        new Cases()
                .given(Level.BACKWARD, 1, versions, again, Answer.PRODUCERS_FIRST, "v1 NEW " + MISMATCH + "1/type")
                .given(Level.BACKWARD, 2, versions, again, Answer.ANY_ORDER)
                .given(Level.BACKWARD, 3, versions, again, Answer.ANY_ORDER)
                .given(
                        Level.BACKWARD,
                        1,
                        "amount:int; id:long=0; id:long=0 note:string",
                        "amount:string=none",
                        Answer.NEW_TOPIC,
                        "v1 NEW " + MISMATCH + "0/type",
                        "v3 OLD " + NO_DEFAULT + "1")
                .given(
                        Level.BACKWARD,
                        2,
                        "amount:int; id:long=0; id:long=0 note:string",
                        "amount:string=none",
                        Answer.CONSUMERS_FIRST,
                        "v3 OLD " + NO_DEFAULT + "1")
                .run(answer);
    }

    @Test
    @Order(9)
    void aSchemaThatTheTopicHasIsNotRefused(MayWeDeploy answer) {
        String versions = "id:long amount:int; id:long";
        String back = "v2 NEW " + NO_DEFAULT + "1";
        new Cases()
                .given(Level.BACKWARD, 1, versions, "id:long amount:int", Answer.PRODUCERS_FIRST, back)
                .given(Level.FULL_TRANSITIVE, 1, versions, "id:long amount:int", Answer.PRODUCERS_FIRST, back)
                .given(Level.BACKWARD, 1, versions, "spread id:long amount:int", Answer.PRODUCERS_FIRST, back)
                .given(Level.BACKWARD, 1, versions, "doc id:long amount:int", Answer.REFUSED, back)
                .given(Level.BACKWARD, 1, versions, "id:long amount:int~cents", Answer.REFUSED, back)
                .given(Level.BACKWARD, 1, "id:long; id:long amount:int=0", "spread id:long", Answer.ANY_ORDER)
                .run(answer);
    }

    @Test
    @Order(10)
    void whatIsNoSchemaIsInvalid(MayWeDeploy answer) {
        Cases cases = new Cases();
        for (String text : NO_SCHEMAS) {
            cases.given(Level.BACKWARD, 1, ID, text, Answer.INVALID);
        }
        cases.given(Level.NONE, 1, ID, "{", Answer.INVALID)
                .given(Level.FULL_TRANSITIVE, 1, "", "null", Answer.INVALID)
                .run(answer);
    }

    @Test
    @Order(11)
    void randomHistoriesAreDecidedAsALoopSays(MayWeDeploy answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Cases cases = new Cases().title(seed.hint());
        for (int i = 0; i < 60; i++) {
            History history = new History(random);
            Level level = Level.values()[random.nextInt(Level.values().length)];
            int oldest = 1 + random.nextInt(history.versions.size());
            cases.given(
                    level,
                    oldest,
                    String.join("; ", history.versions),
                    history.proposed,
                    new Oracle(history, level, oldest));
        }
        cases.run(answer);
    }

    /** A field as it is written here. */
    private record Field(String name, String type, String byDefault, String alias) {

        private static final Pattern WRITTEN = Pattern.compile("(\\w+):([\\w?]+|\\{[\\w|!]+})(?:=(\\w+))?(?:~(\\w+))?");

        static List<Field> all(String schema) {
            return Arrays.stream(schema.split(" "))
                    .filter(word -> word.contains(":"))
                    .map(Field::of)
                    .toList();
        }

        private static Field of(String text) {
            Matcher parts = WRITTEN.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException("Not a field: " + text);
            }
            return new Field(parts.group(1), parts.group(2), parts.group(3), parts.group(4));
        }

        String json(boolean isSpread) {
            List<String> attributes = new ArrayList<>(List.of("\"name\":\"" + name + '"', "\"type\":" + typeJson()));
            if (byDefault != null) {
                boolean isText = type.equals("string");
                attributes.add("\"default\":" + (isText ? '"' + byDefault + '"' : byDefault));
            }
            if (alias != null) {
                attributes.add("\"aliases\":[\"" + alias + "\"]");
            }
            if (isSpread) {
                Collections.reverse(attributes);
            }
            return "{" + String.join(isSpread ? " , " : ",", attributes) + "}";
        }

        private String typeJson() {
            if (type.endsWith("?")) {
                return "[\"null\",\"" + type.substring(0, type.length() - 1) + "\"]";
            }
            if (!type.startsWith("{")) {
                return '"' + type + '"';
            }
            String[] parts = type.substring(1, type.length() - 1).split("!");
            String symbols = Stream.of(parts[0].split("\\|"))
                    .map(symbol -> '"' + symbol + '"')
                    .collect(Collectors.joining(","));
            return "{\"type\":\"enum\",\"name\":\"Channel\",\"symbols\":[" + symbols + "]"
                    + (parts.length == 1 ? "" : ",\"default\":\"" + parts[1] + '"') + "}";
        }
    }

    /** The text of a schema; what is no schema stays as it is. */
    private static String text(String written) {
        if (NO_SCHEMAS.contains(written)) {
            return written.equals("null") ? null : written;
        }
        boolean isSpread = written.startsWith("spread ");
        String fields =
                Field.all(written).stream().map(field -> field.json(isSpread)).collect(Collectors.joining(","));
        String doc = written.startsWith("doc ") ? ",\"doc\":\"a payment\"" : "";
        return isSpread
                ? "{ \"name\": \"Payment\", \"fields\": [" + fields + "], \"type\": \"record\" }"
                : "{\"type\":\"record\",\"name\":\"Payment\"" + doc + ",\"fields\":[" + fields + "]}";
    }

    /** A schema that changes at random. A name that a field has lost for another one is not used again. */
    private static final class History {

        private static final List<String> TYPES = List.of("int", "long", "string", "string?");

        private final Random random;
        private final List<String> removed = new ArrayList<>();
        private final List<String> versions = new ArrayList<>();
        private final String proposed;
        private List<Field> fields = Field.all("f1:long");
        private int names = 1;

        History(Random random) {
            this.random = random;
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                change();
                versions.add(written());
            }
            if (random.nextInt(6) == 0) {
                proposed = versions.get(random.nextInt(count));
            } else {
                change();
                proposed = written();
            }
        }

        private void change() {
            List<Field> changed = new ArrayList<>(fields);
            int at = random.nextInt(changed.size());
            Field field = changed.get(at);
            switch (random.nextInt(6)) {
                case 0, 1 -> changed.add(field("f" + ++names, null));
                case 2 -> {
                    if (at > 0) {
                        removed.add(changed.remove(at).name());
                    }
                }
                case 3 -> {
                    if (!removed.isEmpty()) {
                        changed.add(field(removed.remove(0), null));
                    }
                }
                case 4 -> {
                    String alias = random.nextBoolean() ? field.name() : null;
                    if (at > 0) {
                        changed.set(at, new Field("f" + ++names, field.type(), field.byDefault(), alias));
                    }
                }
                default -> changed.set(at, field(field.name(), field.alias()));
            }
            fields = changed;
        }

        private Field field(String name, String alias) {
            String type = TYPES.get(random.nextInt(TYPES.size()));
            String byDefault = type.equals("string?") ? "null" : "0";
            return new Field(name, type, random.nextBoolean() ? byDefault : null, alias);
        }

        private String written() {
            return fields.stream()
                    .map(field -> field.name() + ":" + field.type()
                            + (field.byDefault() == null ? "" : "=" + field.byDefault())
                            + (field.alias() == null ? "" : "~" + field.alias()))
                    .collect(Collectors.joining(" "));
        }
    }

    /** Decides by the rules for single fields. */
    private static final class Oracle {

        private final List<String> versions;
        private final String proposed;

        final Answer answer;
        final TreeSet<String> conflicts = new TreeSet<>();

        Oracle(History history, Level level, int oldest) {
            versions = history.versions;
            proposed = history.proposed;
            int latest = versions.size();
            int from = level.name().contains("TRANSITIVE") ? 1 : latest;
            if (!versions.contains(proposed)) {
                String name = level.name().split("_")[0];
                addIf(List.of("BACKWARD", "FULL").contains(name), "NEW", from);
                addIf(List.of("FORWARD", "FULL").contains(name), "OLD", from);
            }
            if (!conflicts.isEmpty()) {
                answer = Answer.REFUSED;
                return;
            }
            addIf(true, "NEW", oldest);
            boolean canConsumersStart = conflicts.isEmpty();
            addIf(true, "OLD", latest);
            boolean canProducersStart = conflicts.stream().noneMatch(conflict -> conflict.contains("OLD"));
            answer = List.of(Answer.NEW_TOPIC, Answer.PRODUCERS_FIRST, Answer.CONSUMERS_FIRST, Answer.ANY_ORDER)
                    .get((canConsumersStart ? 2 : 0) + (canProducersStart ? 1 : 0));
        }

        private void addIf(boolean isAsked, String reader, int from) {
            for (int number = from; isAsked && number <= versions.size(); number++) {
                List<Field> old = Field.all(versions.get(number - 1));
                List<Field> changed = Field.all(proposed);
                String prefix = "v" + number + " " + reader + " ";
                (reader.equals("NEW") ? unreadable(changed, old) : unreadable(old, changed))
                        .forEach(conflict -> conflicts.add(prefix + conflict));
            }
        }

        private static List<String> unreadable(List<Field> reader, List<Field> writer) {
            List<String> unreadable = new ArrayList<>();
            for (int i = 0; i < reader.size(); i++) {
                Field wanted = reader.get(i);
                String type = writer.stream()
                        .filter(field -> List.of(wanted.name(), String.valueOf(wanted.alias()))
                                .contains(field.name()))
                        .map(Field::type)
                        .findFirst()
                        .orElse("");
                if (!type.isEmpty()) {
                    unreadable.addAll(unreadable(wanted.type(), type, i));
                } else if (wanted.byDefault() == null) {
                    unreadable.add(NO_DEFAULT + i);
                }
            }
            return unreadable;
        }

        private static List<String> unreadable(String reader, String writer, int field) {
            String both = writer + " " + reader;
            if (reader.equals(writer) || List.of("int long", "string string?").contains(both)) {
                return List.of();
            }
            if (reader.endsWith("?")) {
                return List.of("MISSING_UNION_BRANCH /fields/" + field + "/type");
            }
            String at = MISMATCH + field + "/type";
            if (!writer.endsWith("?")) {
                return List.of(at);
            }
            return reader.equals("string") ? List.of(at + "/0") : List.of(at + "/0", at + "/1");
        }
    }

    /** Topics with a proposed schema, and the decisions that are expected. */
    private static final class Cases {

        private final List<ScriptRow> given = new ArrayList<>();
        private final List<ScriptRow> expected = new ArrayList<>();
        private String title = "";

        Cases title(String hint) {
            title = hint;
            return this;
        }

        Cases given(Level level, int oldest, String versions, String proposed, Answer answer, String... conflicts) {
            return given(level, oldest, versions, proposed, answer, List.of(conflicts));
        }

        Cases given(Level level, int oldest, String versions, String proposed, Oracle oracle) {
            return given(level, oldest, versions, proposed, oracle.answer, List.copyOf(oracle.conflicts));
        }

        private Cases given(
                Level level, int oldest, String versions, String proposed, Answer answer, List<String> conflicts) {
            given.add(row(level.name(), oldest, versions, proposed));
            expected.add(row(
                    level.name(),
                    oldest,
                    versions,
                    proposed,
                    answer.name(),
                    String.join(", ", new TreeSet<>(conflicts))));
            return this;
        }

        void run(MayWeDeploy answer) {
            String columns = "level STRING, oldest INT, versions STRING, proposed STRING";
            Script.of(columns)
                    .columns(Stream.of((columns + ", answer STRING, conflicts STRING").split(", "))
                            .toList())
                    .title(title)
                    .batch(given)
                    .emitsInOrder(expected.toArray())
                    .run(new Deciding(answer));
        }
    }

    /** Calls the answer. */
    private static final class Deciding implements Job {

        private final MayWeDeploy answer;
        private final List<ScriptRow> decisions = new ArrayList<>();
        private List<ScriptRow> cases = List.of();

        Deciding(MayWeDeploy answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            cases = rows;
        }

        @Override
        public void run() {
            for (ScriptRow one : cases) {
                List<String> versions = Stream.of(one.getString(2).split("; "))
                        .filter(version -> !version.isEmpty())
                        .map(MayWeDeployCheckpoint::text)
                        .toList();
                Topic topic = new Topic(Level.valueOf(one.getString(0)), versions, (int) one.get(1));
                Decision decision = answer.decide(topic, text(one.getString(3)));
                decisions.add(row(
                        one.get(0),
                        one.get(1),
                        one.get(2),
                        one.get(3),
                        String.valueOf(decision.answer()),
                        decision.conflicts().stream()
                                .map(Deciding::shown)
                                .sorted()
                                .collect(Collectors.joining(", "))));
            }
        }

        private static String shown(Conflict conflict) {
            return "v" + conflict.version() + " " + conflict.reader() + " " + conflict.type() + " "
                    + conflict.location();
        }

        @Override
        public List<ScriptRow> output() {
            return decisions;
        }
    }
}
