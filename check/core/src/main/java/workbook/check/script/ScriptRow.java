package workbook.check.script;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A row of a script, in Java's own types: null, Boolean, numbers, String, {@link Instant}, {@link java.time.LocalDate},
 * byte[], and for what is nested a ScriptRow or a List. An engine's rows become such rows where they enter a script.
 */
public final class ScriptRow {

    private final Schema schema;
    private final List<Object> values;

    private ScriptRow(Schema schema, List<Object> values) {
        this.schema = schema;
        this.values = values;
    }

    /** A row of these values. */
    public static ScriptRow of(Object... values) {
        return of(null, Arrays.asList(values));
    }

    /**
     * A row that knows its columns, or does not where the schema is null.
     *
     * @throws IllegalArgumentException if there are more values than columns, or fewer
     */
    public static ScriptRow of(Schema schema, List<?> values) {
        if (schema != null && schema.size() != values.size()) {
            throw new IllegalArgumentException(values.size() + " values for the columns " + schema.names());
        }
        return new ScriptRow(schema, Collections.unmodifiableList(Arrays.asList(values.toArray())));
    }

    /** The columns and their types; null where nobody has said. */
    public Schema schema() {
        return schema;
    }

    public int size() {
        return values.size();
    }

    public List<Object> values() {
        return values;
    }

    /** What it holds, for whoever writes it down: a row or an array within it is a list, bytes are as they are shown. */
    public List<Object> plain() {
        return ComparedRow.plain(this);
    }

    public Object get(int column) {
        return values.get(column);
    }

    /**
     * The value of a column of this name.
     *
     * @throws IllegalArgumentException if the row does not know its columns, or has none of this name
     */
    public Object get(String column) {
        if (schema == null) {
            throw new IllegalArgumentException("This row does not know its columns: " + values);
        }
        return values.get(schema.index(column));
    }

    public boolean isNullAt(int column) {
        return values.get(column) == null;
    }

    public int getInt(int column) {
        return ((Number) values.get(column)).intValue();
    }

    public long getLong(int column) {
        return ((Number) values.get(column)).longValue();
    }

    public double getDouble(int column) {
        return ((Number) values.get(column)).doubleValue();
    }

    public boolean getBoolean(int column) {
        return (Boolean) values.get(column);
    }

    public String getString(int column) {
        return (String) values.get(column);
    }

    public BigDecimal getDecimal(int column) {
        return (BigDecimal) values.get(column);
    }

    public Instant getInstant(int column) {
        return (Instant) values.get(column);
    }

    /** Whether the other one has the same values; what their columns are called makes no difference. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ScriptRow row && Arrays.deepEquals(values.toArray(), row.values.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values.toArray());
    }

    @Override
    public String toString() {
        return Objects.toString(values);
    }
}
