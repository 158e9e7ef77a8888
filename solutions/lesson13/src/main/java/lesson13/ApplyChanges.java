package lesson13;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An event is applied if its position is higher than that of what is known of its terminal. What is known is in the table, so it
 * survives a crash, and a terminal that was deleted keeps its position there. The table's rows and positions are written in one
 * transaction, so neither can be ahead of the other.
 *
 * <p>A position is that of the change, not of its commit. So it orders the changes of a terminal, which wait for each other, but
 * not a change and a snapshot: a transaction that was open has written before the snapshot and is not in it. That is why the row of a
 * snapshot gets no position. If old changes come again behind it, they set the terminal back, until the snapshot comes
 * again, too.
 *
 * <p>The events of a batch are applied to what the table had, one after the other, because one may refer to a value of another
 * before it. Only the result is written.
 *
 * <p>What is set aside comes first. After the write, a batch that comes again may not find it any more: an update whose value was
 * unknown is older than the table by then.
 */
public class ApplyChanges {

    /** What Debezium writes for a big value that an update has not changed: PostgreSQL's log does not have it. */
    public static final String UNCHANGED = "__debezium_unavailable_value";

    /**
     * A record of the topic.
     *
     * @param key may be anything, also null
     * @param value may be anything; null in a tombstone
     */
    public record Change(String key, String value) {}

    /**
     * A row of the table.
     *
     * @param country may be null
     * @param contract may be null
     * @param lsn the position of the change that left the terminal so; 0 if it is the row of a snapshot
     * @param deleted whether it was deleted; country and contract are null then
     */
    public record Terminal(int id, String country, String contract, long lsn, boolean deleted) {}

    /** Why an event is set aside. */
    public enum Reason {
        /** The key is not a JSON object with an {@code id} that is an int. */
        NO_KEY,
        /** The value is not a JSON object, or its {@code op} is not one of the four. */
        NO_CHANGE,
        /** {@code source.lsn} is missing, or not an integer of 64 bits. */
        NO_POSITION,
        /**
         * It is no {@code d}, and {@code after} is not a row of the table: it has not the key's id, or country or contract is
         * missing or is neither null nor text. It may have more columns.
         */
        NO_ROW,
        /**
         * It is newer, a value is {@link #UNCHANGED}, and what it was is not known: with the earlier events of the batch, the table
         * does not have the terminal, or has it as deleted.
         */
        UNKNOWN_VALUE
    }

    /** The table that is kept. */
    public interface Table {

        /**
         * Reads the terminals with these ids, also deleted ones. Those that the table never had are missing.
         *
         * @throws java.io.UncheckedIOException if it fails
         */
        Map<Integer, Terminal> read(Set<Integer> ids);

        /**
         * Adds terminals, or replaces those with the same ids, in one transaction.
         *
         * @param terminals each id at most once
         * @throws java.io.UncheckedIOException if it fails; all or none of them are written then
         */
        void write(Collection<Terminal> terminals);

        /** Keeps an event that cannot be applied. An event that comes again may be set aside again. */
        void setAside(Change event, Reason reason);
    }

    private static final Set<String> OPERATIONS = Set.of("r", "c", "u", "d");
    private static final List<String> VALUES = List.of("country", "contract");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An event whose parts are as they should be. */
    record Event(Change received, int id, JsonNode value) {

        long lsn() {
            return value.at("/source/lsn").longValue();
        }

        boolean isDeletion() {
            return is("d");
        }

        boolean isOfSnapshot() {
            return is("r");
        }

        private boolean is(String op) {
            return value.path("op").asText().equals(op);
        }

        /** The text of a column behind the change; may be null, or {@link #UNCHANGED}. */
        String after(String column) {
            return value.path("after").path(column).textValue();
        }
    }

    /** Applies a batch. The table is the same in all calls. */
    public void apply(List<Change> batch, Table table) {
        List<Event> events = events(batch, table);
        Map<Integer, Terminal> known =
                new HashMap<>(table.read(events.stream().map(Event::id).collect(Collectors.toSet())));
        Map<Integer, Terminal> changed = new HashMap<>();
        for (Event event : events) {
            if (isNewer(event, known.get(event.id()))) {
                terminal(event, known.get(event.id()))
                        .ifPresentOrElse(
                                terminal -> {
                                    known.put(terminal.id(), terminal);
                                    changed.put(terminal.id(), terminal);
                                },
                                () -> table.setAside(event.received(), Reason.UNKNOWN_VALUE));
            }
        }
        if (!changed.isEmpty()) {
            table.write(changed.values());
        }
    }

    /** The events of a batch that can be read, in its order. Sets aside the others. */
    List<Event> events(List<Change> batch, Table table) {
        List<Event> events = new ArrayList<>();
        for (Change change : batch) {
            if (isTombstone(change)) {
                continue;
            }
            JsonNode id = json(change.key()).path("id");
            JsonNode value = json(change.value());
            reason(id, value)
                    .ifPresentOrElse(
                            reason -> table.setAside(change, reason),
                            () -> events.add(new Event(change, id.intValue(), value)));
        }
        return events;
    }

    boolean isTombstone(Change change) {
        return change.value() == null;
    }

    private static JsonNode json(String text) {
        try {
            return text == null ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** What is wrong with an event; empty if nothing is. */
    Optional<Reason> reason(JsonNode id, JsonNode value) {
        if (!id.isInt()) {
            return Optional.of(Reason.NO_KEY);
        }
        if (!OPERATIONS.contains(value.path("op").asText())) {
            return Optional.of(Reason.NO_CHANGE);
        }
        if (!isPosition(value.at("/source/lsn"))) {
            return Optional.of(Reason.NO_POSITION);
        }
        return value.path("op").asText().equals("d") || isRow(value.path("after"), id)
                ? Optional.empty()
                : Optional.of(Reason.NO_ROW);
    }

    private static boolean isPosition(JsonNode lsn) {
        return lsn.isIntegralNumber() && lsn.canConvertToLong();
    }

    private static boolean isRow(JsonNode after, JsonNode id) {
        return after.path("id").equals(id)
                && VALUES.stream().map(after::path).allMatch(value -> value.isTextual() || value.isNull());
    }

    /** @param known may be null */
    boolean isNewer(Event event, Terminal known) {
        return known == null || event.lsn() > known.lsn();
    }

    /**
     * The terminal behind an event; empty if a value is not known.
     *
     * @param known what it was; may be null
     */
    Optional<Terminal> terminal(Event event, Terminal known) {
        if (event.isDeletion()) {
            return Optional.of(new Terminal(event.id(), null, null, event.lsn(), true));
        }
        boolean isUnchanged = VALUES.stream().map(event::after).anyMatch(UNCHANGED::equals);
        if (isUnchanged && (known == null || known.deleted())) {
            return Optional.empty();
        }
        return Optional.of(new Terminal(
                event.id(),
                value(event.after("country"), known == null ? null : known.country()),
                value(event.after("contract"), known == null ? null : known.contract()),
                position(event),
                false));
    }

    long position(Event event) {
        return event.isOfSnapshot() ? 0 : event.lsn();
    }

    String value(String after, String known) {
        return UNCHANGED.equals(after) ? known : after;
    }
}
