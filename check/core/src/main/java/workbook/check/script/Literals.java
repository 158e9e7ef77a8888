package workbook.check.script;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Converts the rows of a script, {@link ScriptRow}s or Java records, to a schema. Text is converted to the column's type
 * if it is a time, a date, a decimal or bytes (UTF-8), and a number to the column's numeric type.
 *
 * @param day the day of times without a date
 */
record Literals(LocalDate day) {

    /**
     * Converts an input row.
     *
     * @throws IllegalArgumentException if it does not fit the schema
     */
    ScriptRow in(Object given, Schema schema) {
        return row(given, schema, this::value);
    }

    /**
     * Converts an expected row. Values that do not fit the schema stay as they are, to be shown next to the output; without
     * a schema, all do.
     */
    ScriptRow expected(Object given, Schema schema) {
        return schema == null && given instanceof ScriptRow row ? row : row(given, schema, this::lenient);
    }

    private ScriptRow row(Object given, Schema schema, Reading reading) {
        List<Object> values = values(given, schema);
        if (values.size() != schema.size()) {
            throw new IllegalArgumentException("A row has " + values.size() + " values, but the columns are "
                    + String.join(", ", schema.names()) + ": " + values);
        }
        return ScriptRow.of(IntStream.range(0, values.size())
                .mapToObj(i -> reading.read(values.get(i), schema.field(i).type()))
                .toArray());
    }

    /** The components of a record, in order. */
    static ScriptRow row(Record record) {
        return ScriptRow.of(Arrays.stream(record.getClass().getRecordComponents())
                .map(part -> component(record, part.getName()))
                .toArray());
    }

    private static List<Object> values(Object given, Schema schema) {
        if (given instanceof ScriptRow row) {
            return row.values();
        }
        if (given instanceof Record record) {
            return schema.names().stream()
                    .map(field -> component(record, field))
                    .collect(Collectors.toList());
        }
        throw new IllegalArgumentException("Write a row as row(...) or as a Java record, not as " + given);
    }

    private static Object component(Record record, String field) {
        try {
            var accessor = record.getClass().getDeclaredMethod(field);
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "The record " + record.getClass().getSimpleName() + " has no component " + field, e);
        }
    }

    private Object lenient(Object given, Type type) {
        if (given instanceof ScriptRow row && type instanceof Type.Struct struct) {
            return row.size() == struct.schema().size() ? expected(row, struct.schema()) : row;
        }
        try {
            return given instanceof String || type instanceof Type.Decimal ? value(given, type) : given;
        } catch (IllegalArgumentException e) {
            return given;
        }
    }

    /**
     * Converts a value.
     *
     * @throws IllegalArgumentException if it does not fit the type
     */
    Object value(Object given, Type type) {
        try {
            if (given instanceof ScriptRow row && type instanceof Type.Struct struct) {
                return in(row, struct.schema());
            }
            if (given instanceof List<?> list && type instanceof Type.Array array) {
                return list.stream().map(item -> value(item, array.element())).collect(Collectors.toList());
            }
            if (given instanceof String text) {
                return text(text, type);
            }
            return given instanceof Number number ? number(number, type) : given;
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "The value " + given + " does not fit the column's type " + type.sql(), e);
        }
    }

    private Object text(String text, Type type) {
        if (type.equals(Type.TIMESTAMP)) {
            return Times.read(text, day);
        }
        if (type.equals(Type.DATE)) {
            return LocalDate.parse(text);
        }
        if (type.equals(Type.BINARY)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return type instanceof Type.Decimal decimal ? scaled(new BigDecimal(text), decimal) : text;
    }

    private static Object number(Number given, Type type) {
        if (type.equals(Type.DOUBLE)) {
            return given.doubleValue();
        }
        BigDecimal exact = new BigDecimal(given.toString());
        if (type.equals(Type.BIGINT)) {
            return exact.longValueExact();
        }
        if (type.equals(Type.INT)) {
            return exact.intValueExact();
        }
        return type instanceof Type.Decimal decimal ? scaled(exact, decimal) : given;
    }

    /** Sets the scale as Spark does: 5 is 5.00 in DECIMAL(10,2). */
    private static BigDecimal scaled(BigDecimal number, Type.Decimal type) {
        return number.scale() < type.scale() ? number.setScale(type.scale()) : number;
    }

    private interface Reading {
        Object read(Object given, Type type);
    }
}
