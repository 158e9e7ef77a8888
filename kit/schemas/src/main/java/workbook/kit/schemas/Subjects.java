package workbook.kit.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * The subjects of a registry with their versions. A schema is known by its text after parsing, so that blanks and the order
 * of attributes do not matter, but documentation does. An id belongs to a schema, whatever its subjects.
 */
final class Subjects {

    /** A schema of a subject. Versions begin with 1. */
    record Version(String subject, int version, int id, String schema) {}

    private final Consumer<State> keep;
    private State state;

    /** @param keep called before each change: if it throws, nothing has changed */
    Subjects(State state, Consumer<State> keep) {
        this.state = state;
        this.keep = keep;
    }

    private void change(State next) {
        keep.accept(next);
        state = next;
    }

    synchronized List<String> names() {
        return List.copyOf(state.ids().keySet());
    }

    /** Returns the schema's id. One that the subject has already keeps its version, and is not compared with others. */
    synchronized int register(String subject, String text) {
        Schema schema = parse(text);
        List<Version> versions = state.ids().containsKey(subject) ? versions(subject) : List.of();
        Optional<Version> known = find(schema, versions);
        if (known.isPresent()) {
            return known.get().id();
        }
        List<String> conflicts = level(subject).orElse(state.defaultLevel()).conflicts(schema, schemas(versions));
        if (!conflicts.isEmpty()) {
            throw new RegistryException(RegistryException.INCOMPATIBLE, String.join("; ", conflicts));
        }
        change(state.with(subject, schema.toString()));
        return state.schemas().indexOf(schema.toString()) + 1;
    }

    synchronized String schema(long id) {
        if (id < 1 || id > state.schemas().size()) {
            throw new RegistryException(RegistryException.UNKNOWN_SCHEMA, "There is no schema with the id " + id + ".");
        }
        return state.schemas().get((int) id - 1);
    }

    synchronized List<Version> versions(String subject) {
        List<Integer> ids = state.ids().get(subject);
        if (ids == null) {
            throw new RegistryException(RegistryException.UNKNOWN_SUBJECT, "There is no subject \"" + subject + "\".");
        }
        List<Version> versions = new ArrayList<>();
        for (int id : ids) {
            versions.add(new Version(subject, versions.size() + 1, id, schema(id)));
        }
        return versions;
    }

    /** @param version a number, or {@code latest} */
    synchronized Version version(String subject, String version) {
        List<Version> versions = versions(subject);
        int number = version.equals("latest") ? versions.size() : number(version);
        if (number > versions.size()) {
            throw new RegistryException(
                    RegistryException.UNKNOWN_VERSION,
                    "The subject \"" + subject + "\" has no version " + version + ".");
        }
        return versions.get(number - 1);
    }

    private static int number(String version) {
        if (!version.matches("[1-9]\\d{0,8}")) {
            throw new RegistryException(
                    RegistryException.INVALID_VERSION,
                    "\"" + version + "\" is not a version: use a number from 1, or latest.");
        }
        return Integer.parseInt(version);
    }

    synchronized Version find(String subject, String text) {
        return find(parse(text), versions(subject))
                .orElseThrow(() -> new RegistryException(
                        RegistryException.UNKNOWN_SCHEMA,
                        "The subject \"" + subject + "\" does not have this schema."));
    }

    private static Optional<Version> find(Schema schema, List<Version> versions) {
        return versions.stream()
                .filter(version -> version.schema().equals(schema.toString()))
                .findFirst();
    }

    /** Why the schema does not fit this version, or without one all that the subject's level asks for. */
    synchronized List<String> conflicts(String subject, Optional<String> version, String text) {
        Schema schema = parse(text);
        SortedMap<Integer, Schema> compared = version.map(number -> schemas(List.of(version(subject, number))))
                .orElseGet(() -> schemas(versions(subject)));
        return level(subject).orElse(state.defaultLevel()).conflicts(schema, compared);
    }

    private static SortedMap<Integer, Schema> schemas(List<Version> versions) {
        SortedMap<Integer, Schema> schemas = new TreeMap<>();
        versions.forEach(version -> schemas.put(version.version(), parse(version.schema())));
        return schemas;
    }

    private static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException e) { // for an unknown name a NullPointerException
            throw new RegistryException(
                    RegistryException.INVALID_SCHEMA, "This is not a schema of Avro: " + e.getMessage());
        }
    }

    synchronized CompatibilityLevel defaultLevel() {
        return state.defaultLevel();
    }

    /** The level of this subject alone; empty if the default applies. */
    synchronized Optional<CompatibilityLevel> level(String subject) {
        return Optional.ofNullable(state.levels().get(subject));
    }

    synchronized void setDefaultLevel(CompatibilityLevel level) {
        change(state.with(level));
    }

    synchronized void setLevel(String subject, CompatibilityLevel level) {
        change(state.with(subject, level));
    }
}
