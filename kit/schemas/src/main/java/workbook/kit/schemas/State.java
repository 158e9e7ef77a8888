package workbook.kit.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a registry keeps.
 *
 * @param schemas the schema with the id n is at n - 1
 * @param ids of each subject, in the order of its versions
 * @param levels of subjects that have one of their own
 * @param defaultLevel of all other subjects
 */
record State(
        List<String> schemas,
        Map<String, List<Integer>> ids,
        Map<String, CompatibilityLevel> levels,
        CompatibilityLevel defaultLevel) {

    static final State EMPTY = new State(List.of(), Map.of(), Map.of(), CompatibilityLevel.BACKWARD);

    /** The same with a version more. */
    State with(String subject, String schema) {
        List<String> allSchemas = schemas.contains(schema) ? schemas : with(schemas, schema);
        int id = allSchemas.indexOf(schema) + 1;
        return new State(
                allSchemas, with(ids, subject, with(ids.getOrDefault(subject, List.of()), id)), levels, defaultLevel);
    }

    State with(String subject, CompatibilityLevel level) {
        return new State(schemas, ids, with(levels, subject, level), defaultLevel);
    }

    State with(CompatibilityLevel newDefault) {
        return new State(schemas, ids, levels, newDefault);
    }

    private static <T> List<T> with(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
        Map<String, T> larger = new TreeMap<>(map);
        larger.put(key, value);
        return larger;
    }
}
