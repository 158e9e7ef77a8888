package lesson13;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link ApplyChanges} that people give. */
public final class ApplyChangesMisconceptions {

    private ApplyChangesMisconceptions() {}

    @Misconception(
            believed = "The topic has the changes in their order, so each is applied as it comes.",
            really =
                    "After a crash the connector reads again what it had not committed, and its consumer does the same. Applied as"
                            + " they come, old events set the table back until the new ones come again.",
            concept = "Change data capture")
    public static class AppliesWhatComes extends ApplyChanges {
        @Override
        boolean isNewer(Event event, Terminal known) {
            return true;
        }
    }

    @Misconception(
            believed = "The time of a change says which one is newer.",
            really =
                    "It is the clock of the database in milliseconds: many changes share one, and a clock can be set back. The"
                            + " position in the log only grows.",
            concept = "Change data capture")
    public static class ComparesTimes extends ApplyChanges {
        private final Map<Integer, Long> times = new HashMap<>();

        @Override
        boolean isNewer(Event event, Terminal known) {
            return known == null || time(event) > times.getOrDefault(event.id(), 0L);
        }

        @Override
        Optional<Terminal> terminal(Event event, Terminal known) {
            times.put(event.id(), time(event));
            return super.terminal(event, known);
        }

        private static long time(Event event) {
            return event.value().at("/source/ts_ms").longValue();
        }
    }

    @Misconception(
            believed = "A position is a text like any other.",
            really = "Compared as text, 99 is more than 100.",
            concept = "Change data capture")
    public static class ComparesTexts extends ApplyChanges {
        @Override
        boolean isNewer(Event event, Terminal known) {
            return known == null || String.valueOf(event.lsn()).compareTo(String.valueOf(known.lsn())) > 0;
        }
    }

    @Misconception(
            believed = "A number of JSON is a double.",
            really =
                    "Positions are 64 bits long, and a double has 53. Two positions become one, and the newer event is lost.",
            concept = "Change data capture")
    public static class ComparesDoubles extends ApplyChanges {
        @Override
        boolean isNewer(Event event, Terminal known) {
            return known == null || (double) event.lsn() > (double) known.lsn();
        }
    }

    @Misconception(
            believed = "A snapshot is the state of the table, so its rows are right.",
            really =
                    "It is the state at its own position. Its rows come again after a crash, or while the log is read, when the"
                            + " table has already gone on.",
            concept = "Change data capture")
    public static class TrustsTheSnapshot extends ApplyChanges {
        @Override
        boolean isNewer(Event event, Terminal known) {
            return event.isOfSnapshot() || super.isNewer(event, known);
        }
    }

    @Misconception(
            believed = "The rows of a snapshot are inserts: what the table has already, it need not read again.",
            really =
                    "A snapshot is also taken when the log was lost or a change was missed. Where it is newer than the table, it is"
                            + " right.",
            concept = "Change data capture")
    public static class InsertsTheSnapshot extends ApplyChanges {
        @Override
        boolean isNewer(Event event, Terminal known) {
            return event.isOfSnapshot() ? known == null : super.isNewer(event, known);
        }
    }

    @Misconception(
            believed = "What is deleted has no position any more.",
            really =
                    "An older event of the terminal may still come, as after a restart, and finds nothing to be compared with. It"
                            + " brings the terminal back.",
            concept = "Change data capture")
    public static class ForgetsDeletions extends ApplyChanges {
        @Override
        boolean isNewer(Event event, Terminal known) {
            return known == null || known.deleted() || super.isNewer(event, known);
        }
    }

    @Misconception(
            believed = "What is not in the table cannot be deleted.",
            really =
                    "It may come later, in an event that is older than the deletion. If the deletion leaves no trace, that event"
                            + " adds what the database does not have.",
            concept = "Change data capture")
    public static class DeletesOnlyWhatIsThere extends ApplyChanges {
        @Override
        boolean isNewer(Event event, Terminal known) {
            return (known != null || !event.isDeletion()) && super.isNewer(event, known);
        }
    }

    @Misconception(
            believed = "An update comes with the row before it; one without is incomplete.",
            really =
                    "Without REPLICA IDENTITY FULL, PostgreSQL's log has only the row after an update, and before is null. The"
                            + " row after it is all that is needed.",
            concept = "Change data capture")
    public static class NeedsBefore extends ApplyChanges {
        @Override
        Optional<Reason> reason(JsonNode id, JsonNode value) {
            boolean isIncomplete = value.path("op").asText().equals("u")
                    && value.path("before").isNull();
            return super.reason(id, value).or(() -> isIncomplete ? Optional.of(Reason.NO_ROW) : Optional.empty());
        }
    }

    @Misconception(
            believed = "A value of null is a broken event.",
            really =
                    "It is a tombstone. It follows each deletion, so that a compacted topic forgets the key. The deletion has said"
                            + " everything.",
            concept = "Change data capture")
    public static class SetsTombstonesAside extends ApplyChanges {
        @Override
        boolean isTombstone(Change change) {
            return false;
        }
    }

    @Misconception(
            believed = "A tombstone deletes the key.",
            really =
                    "The event before it has done that. A tombstone has no position: one that comes again deletes what was"
                            + " added since.",
            concept = "Change data capture")
    public static class DeletesAtTombstones extends ApplyChanges {
        @Override
        public void apply(List<Change> batch, Table table) {
            super.apply(batch, table);
            Set<Integer> ids = batch.stream()
                    .filter(this::isTombstone)
                    .filter(change -> change.key() != null)
                    .map(change -> Integer.valueOf(change.key().replaceAll("\\D", "")))
                    .collect(Collectors.toSet());
            if (!ids.isEmpty()) {
                table.write(table.read(ids).values().stream()
                        .map(row -> new Terminal(row.id(), null, null, row.lsn(), true))
                        .toList());
            }
        }
    }

    @Misconception(
            believed = "An event has the whole row.",
            really =
                    "A big value that an update has not changed is not in PostgreSQL's log. Debezium writes a placeholder, which is no"
                            + " value: it would replace the contract.",
            concept = "Change data capture")
    public static class WritesThePlaceholder extends ApplyChanges {
        @Override
        Optional<Terminal> terminal(Event event, Terminal known) {
            return event.isDeletion()
                    ? super.terminal(event, known)
                    : Optional.of(new Terminal(
                            event.id(), event.after("country"), event.after("contract"), position(event), false));
        }
    }

    @Misconception(
            believed = "A value that is not in the event is null.",
            really = "It is what it was. Null is a value, too, and says that there is no contract any more.",
            concept = "Change data capture")
    public static class TakesThePlaceholderForNull extends ApplyChanges {
        @Override
        String value(String after, String known) {
            return UNCHANGED.equals(after) ? null : after;
        }
    }

    @Misconception(
            believed = "A null behind an update says that the column has not changed.",
            really =
                    "An event has all columns, and null is one of their values. Only the placeholder says that a value has not"
                            + " changed.",
            concept = "Nulls")
    public static class TakesNullForUnchanged extends ApplyChanges {
        @Override
        String value(String after, String known) {
            return after == null ? known : super.value(after, known);
        }
    }

    @Misconception(
            believed = "Only the last event of a terminal in a batch counts, so the others can be left out first.",
            really =
                    "Its unchanged values may be those of an event before it in the same batch. Left out first, that event's"
                            + " contract is lost, and the one of the table takes its place.",
            concept = "Change data capture")
    public static class LeavesOutAllButTheLast extends ApplyChanges {
        @Override
        List<Event> events(List<Change> batch, Table table) {
            Map<Integer, Event> last = new HashMap<>();
            BinaryOperator<Event> newer = (one, other) -> other.lsn() >= one.lsn() ? other : one;
            super.events(batch, table).forEach(event -> last.merge(event.id(), event, newer));
            return List.copyOf(last.values());
        }
    }

    @Misconception(
            believed = "Sorted by position, the events of a batch are in the order in which they happened.",
            really =
                    "The row of a snapshot has the position up to which the log was written. The change of a transaction that was open"
                            + " then has a lower one, is not in the snapshot, and comes after it. Sorted, it comes before it and is"
                            + " lost.",
            concept = "Change data capture")
    public static class SortsTheBatch extends ApplyChanges {
        @Override
        List<Event> events(List<Change> batch, Table table) {
            return super.events(batch, table).stream()
                    .sorted(Comparator.comparingLong(Event::lsn))
                    .toList();
        }
    }

    @Misconception(
            believed = "A snapshot has everything that happened before its position.",
            really =
                    "It has what was committed. A transaction that was open has written before this position and is missing. Its"
                            + " changes come later, and the position of the snapshot refuses them.",
            concept = "Change data capture")
    public static class KeepsThePositionOfTheSnapshot extends ApplyChanges {
        @Override
        long position(Event event) {
            return event.lsn();
        }
    }

    @Misconception(
            believed = "The table was read once: from then on the program knows what is in it.",
            really =
                    "It knows what it wanted to write. If the write fails, it takes the events that come again for old, and they are"
                            + " lost.",
            concept = "Delivery guarantees")
    public static class KeepsTheTableInMemory extends ApplyChanges {
        private final Map<Integer, Terminal> memory = new HashMap<>();

        @Override
        public void apply(List<Change> batch, Table table) {
            super.apply(batch, new Around(table) {
                @Override
                public Map<Integer, Terminal> read(Set<Integer> ids) {
                    super.read(ids).forEach(memory::putIfAbsent);
                    return memory;
                }

                @Override
                public void write(Collection<Terminal> terminals) {
                    terminals.forEach(terminal -> memory.put(terminal.id(), terminal));
                    super.write(terminals);
                }
            });
        }
    }

    @Misconception(
            believed = "Each terminal is a write of its own.",
            really =
                    "Readers see the table between them: a terminal that gets another id is gone, and not there yet. Each write"
                            + " is also a commit, and a table in files has one file more.",
            concept = "Change data capture")
    public static class WritesEachTerminal extends ApplyChanges {
        @Override
        public void apply(List<Change> batch, Table table) {
            super.apply(batch, new Around(table) {
                @Override
                public void write(Collection<Terminal> terminals) {
                    terminals.forEach(terminal -> super.write(List.of(terminal)));
                }
            });
        }
    }

    @Misconception(
            believed = "The table takes a batch, so deduplicating it is not necessary.",
            really =
                    "Two rows of a terminal in one write are refused, as a MERGE refuses them, or it is left to chance which one"
                            + " stays.",
            concept = "Upserts")
    public static class WritesATerminalTwice extends ApplyChanges {
        @Override
        public void apply(List<Change> batch, Table table) {
            List<Terminal> all = new ArrayList<>();
            Map<Integer, Terminal> now = new HashMap<>();
            Set<Integer> read = new HashSet<>();
            for (Change change : batch) {
                super.apply(List.of(change), new Around(table) {
                    @Override
                    public Map<Integer, Terminal> read(Set<Integer> ids) {
                        if (read.addAll(ids)) {
                            super.read(ids).forEach(now::putIfAbsent);
                        }
                        return now;
                    }

                    @Override
                    public void write(Collection<Terminal> terminals) {
                        terminals.forEach(terminal -> now.put(terminal.id(), terminal));
                        all.addAll(terminals);
                    }
                });
            }
            if (!all.isEmpty()) {
                table.write(all);
            }
        }
    }

    @Misconception(
            believed = "First the table, then the dead letters: a failure there must not hold up the table.",
            really =
                    "After a crash between the two, the batch comes again. An update that was set aside for a value that nobody knew is"
                            + " now older than the table: it is in neither of them.",
            concept = "Malformed records")
    public static class SetsAsideAfterTheWrite extends ApplyChanges {
        @Override
        public void apply(List<Change> batch, Table table) {
            Map<Change, Reason> aside = new HashMap<>();
            super.apply(batch, new Around(table) {
                @Override
                public void setAside(Change event, Reason reason) {
                    aside.put(event, reason);
                }
            });
            aside.forEach(table::setAside);
        }
    }

    @Misconception(
            believed = "What cannot be applied can be skipped.",
            really = "The table differs from the database from then on, and nobody knows where.",
            concept = "Malformed records")
    public static class SkipsWhatItCannotApply extends ApplyChanges {
        @Override
        public void apply(List<Change> batch, Table table) {
            super.apply(batch, new Around(table) {
                @Override
                public void setAside(Change event, Reason reason) {}
            });
        }
    }

    @Misconception(
            believed = "A broken event is a bug, so the program should stop.",
            really = "The event comes again after each restart, and nothing behind it is ever applied.",
            concept = "Malformed records")
    public static class StopsAtWhatItCannotApply extends ApplyChanges {
        @Override
        public void apply(List<Change> batch, Table table) {
            super.apply(batch, new Around(table) {
                @Override
                public void setAside(Change event, Reason reason) {
                    throw new IllegalStateException(reason.name());
                }
            });
        }
    }

    @Misconception(
            believed = "A batch that cannot be written is logged, and the next one goes on.",
            really =
                    "To whoever calls, the batch is done: its offsets are committed, and its events never come again. The exception"
                            + " has to leave the method.",
            concept = "Delivery guarantees")
    public static class SwallowsTheFailure extends ApplyChanges {
        @Override
        public void apply(List<Change> batch, Table table) {
            try {
                super.apply(batch, table);
            } catch (java.io.UncheckedIOException e) {
                // the next batch goes on
            }
        }
    }

    /** A table that passes everything on. */
    private static class Around implements ApplyChanges.Table {

        private final ApplyChanges.Table table;

        Around(ApplyChanges.Table table) {
            this.table = table;
        }

        @Override
        public Map<Integer, ApplyChanges.Terminal> read(Set<Integer> ids) {
            return table.read(ids);
        }

        @Override
        public void write(Collection<ApplyChanges.Terminal> terminals) {
            table.write(terminals);
        }

        @Override
        public void setAside(ApplyChanges.Change event, ApplyChanges.Reason reason) {
            table.setAside(event, reason);
        }
    }
}
