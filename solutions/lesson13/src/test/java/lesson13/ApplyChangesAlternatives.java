package lesson13;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Right answers written differently, and one that only knows the terminals in the checkpoint. */
class ApplyChangesAlternatives {

    /** Events as maps, terminal by terminal. */
    public static class TerminalByTerminal extends ApplyChanges {

        private static final ObjectMapper MAPPER = new ObjectMapper();

        @Override
        public void apply(List<Change> batch, Table table) {
            Map<Integer, List<Change>> terminals = new TreeMap<>();
            for (Change change : batch) {
                if (change.value() != null) {
                    Reason reason = wrong(change);
                    if (reason == null) {
                        terminals
                                .computeIfAbsent((Integer) map(change.key()).get("id"), id -> new ArrayList<>())
                                .add(change);
                    } else {
                        table.setAside(change, reason);
                    }
                }
            }
            Map<Integer, Terminal> before = table.read(terminals.keySet());
            List<Terminal> after = new ArrayList<>();
            terminals.forEach((id, changes) -> {
                Terminal terminal = before.get(id);
                for (Change change : changes) {
                    terminal = next(change, id, terminal, table);
                }
                if (terminal != null && !terminal.equals(before.get(id))) {
                    after.add(terminal);
                }
            });
            if (!after.isEmpty()) {
                table.write(after);
            }
        }

        private static Reason wrong(Change change) {
            if (!(map(change.key()).get("id") instanceof Integer id)) {
                return Reason.NO_KEY;
            }
            Map<?, ?> value = map(change.value());
            if (!List.of("r", "c", "u", "d").contains(String.valueOf(value.get("op")))) {
                return Reason.NO_CHANGE;
            }
            if (lsn(change) == null) {
                return Reason.NO_POSITION;
            }
            if (value.get("op").equals("d")) {
                return null;
            }
            return value.get("after") instanceof Map<?, ?> after
                            && id.equals(after.get("id"))
                            && isText(after, "country")
                            && isText(after, "contract")
                    ? null
                    : Reason.NO_ROW;
        }

        private static boolean isText(Map<?, ?> after, String column) {
            return after.containsKey(column) && (after.get(column) == null || after.get(column) instanceof String);
        }

        private static BigInteger lsn(Change change) {
            Object lsn = map(change.value()).get("source") instanceof Map<?, ?> source ? source.get("lsn") : null;
            return lsn instanceof Integer || lsn instanceof Long ? new BigInteger(lsn.toString()) : null;
        }

        private static Terminal next(Change change, int id, Terminal known, Table table) {
            if (known != null && lsn(change).longValue() <= known.lsn()) {
                return known;
            }
            Map<?, ?> value = map(change.value());
            long lsn = lsn(change).longValue();
            if (value.get("op").equals("d")) {
                return new Terminal(id, null, null, lsn, true);
            }
            Map<?, ?> after = (Map<?, ?>) value.get("after");
            if (after.containsValue(UNCHANGED) && (known == null || known.deleted())) {
                table.setAside(change, Reason.UNKNOWN_VALUE);
                return known;
            }
            String country = (String) after.get("country");
            String contract = (String) after.get("contract");
            return new Terminal(
                    id,
                    UNCHANGED.equals(country) ? known.country() : country,
                    UNCHANGED.equals(contract) ? known.contract() : contract,
                    "r".equals(value.get("op")) ? 0 : lsn,
                    false);
        }

        private static Map<?, ?> map(String json) {
            try {
                return json != null && MAPPER.readValue(json, Object.class) instanceof Map<?, ?> map ? map : Map.of();
            } catch (JsonProcessingException e) {
                return Map.of();
            }
        }
    }

    /** With the terminals that are new, those that have not changed are written again. */
    public static class WritesAllItHasRead extends ApplyChanges {

        @Override
        public void apply(List<Change> batch, Table table) {
            Map<Integer, Terminal> all = new HashMap<>();
            super.apply(batch, new Table() {
                @Override
                public Map<Integer, Terminal> read(Set<Integer> ids) {
                    all.putAll(table.read(ids));
                    return all;
                }

                @Override
                public void write(Collection<Terminal> terminals) {
                    terminals.forEach(terminal -> all.put(terminal.id(), terminal));
                    table.write(all.values());
                }

                @Override
                public void setAside(Change event, Reason reason) {
                    table.setAside(event, reason);
                }
            });
        }
    }

    public static class Learnt extends ApplyChanges {

        @Override
        public void apply(List<Change> batch, Table table) {
            super.apply(
                    batch.stream()
                            .filter(change ->
                                    change.key() == null || !change.key().matches(".*:1\\d}"))
                            .toList(),
                    table);
        }
    }
}
