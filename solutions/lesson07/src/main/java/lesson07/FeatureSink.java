package lesson07;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import java.io.Serializable;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Spark finds the newest row of each key, and one {@code replace} writes it. Time and id decide in both places, so neither
 * the order of rows nor a repeated batch matters. {@code replace} fails if another process has written since {@code get}:
 * then the decision was about an entry that is no longer there, and is taken again.
 */
public class FeatureSink {

    private static final Comparator<Entry> BY_AGE =
            Comparator.comparing(Entry::time).thenComparing(Entry::id);

    public record Entry(Instant time, long id, Row features) implements Serializable {}

    public interface Store extends Serializable {

        Optional<Entry> get(String key);

        void put(String key, Entry entry);

        boolean replace(String key, Entry expected, Entry entry);
    }

    public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
        return (batch, number) ->
                newest(batch).collectAsList().forEach(row -> write(store, row.getString(0), entry(row)));
    }

    static Dataset<Row> newest(Dataset<Row> batch) {
        return batch.na()
                .drop(new String[] {"key", "time", "id"})
                .groupBy("key")
                .agg(max_by(struct("time", "id", "features"), struct("time", "id"))
                        .as("newest"))
                .select(col("key"), col("newest.*"));
    }

    static Entry entry(Row row) {
        return new Entry(row.getInstant(1), row.getLong(2), row.getStruct(3));
    }

    private static void write(Store store, String key, Entry entry) {
        Entry known = store.get(key).orElse(null);
        while (isNewer(entry, known) && !store.replace(key, known, entry)) {
            known = store.get(key).orElse(null);
        }
    }

    static boolean isNewer(Entry entry, Entry known) {
        return known == null || BY_AGE.compare(entry, known) > 0;
    }
}
