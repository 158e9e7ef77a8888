package workbook.check.script;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A row of a script, independent of an engine. Its values are null, Boolean, numbers, String, {@link Instant},
 * {@link java.time.LocalDate}, byte[] and, if nested, ScriptRow or List. Test drivers convert the engine's rows.
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
     * A row with a schema, which may be null.
     *
     * @throws IllegalArgumentException if there are more values than columns, or fewer
     */
    public static ScriptRow of(Schema schema, List<?> values) {
        if (schema != null && schema.size() != values.size()) {
            throw new IllegalArgumentException(values.size() + " values for the columns " + schema.names());
        }
        return new ScriptRow(schema, Collections.unmodifiableList(Arrays.asList(values.toArray())));
    }

    /** The columns and their types; null if unknown. */
    public Schema schema() {
        return schema;
    }

    public int size() {
        return values.size();
    }

    public List<Object> values() {
        return values;
    }

    /** The values for output: a nested row or array is a list, bytes are as shown. */
    public List<Object> plain() {
        return ComparedRow.plain(this);
    }

    public Object get(int column) {
        return values.get(column);
    }

    /**
     * The value of a column of this name.
     *
     * @throws IllegalArgumentException if the row has no schema, or no column of this name
     */
    public Object get(String column) {
        if (schema == null) {
            throw new IllegalArgumentException("This row has no schema: " + values);
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

    /** Whether the other row has the same values; column names do not matter. */
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
