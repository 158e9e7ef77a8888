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
 * Reads the rows of a script as they are written in a test: a {@link ScriptRow} or a Java record, in which a text stands for a
 * time, a date, a decimal or bytes in UTF-8 where the schema has one, and a number for the column's type of number.
 *
 * @param day the day of times that name none
 */
record Literals(LocalDate day) {

    /**
     * A row that comes in.
     *
     * @throws IllegalArgumentException if it does not fit the schema
     */
    ScriptRow in(Object given, Schema schema) {
        return row(given, schema, this::value);
    }

    /**
     * A row that should come out; what does not fit the schema stays as it is, to be shown beside what came. So does all
     * where there is no schema.
     */
    ScriptRow expected(Object given, Schema schema) {
        return schema == null && given instanceof ScriptRow row ? row : row(given, schema, this::lenient);
    }

    private ScriptRow row(Object given, Schema schema, Reading reading) {
        List<Object> values = values(given, schema);
        if (values.size() != schema.size()) {
            throw new IllegalArgumentException("A row of " + values.size() + " values was told where the columns are "
                    + String.join(", ", schema.names()) + ": " + values);
        }
        return ScriptRow.of(IntStream.range(0, values.size())
                .mapToObj(i -> reading.read(values.get(i), schema.field(i).type()))
                .toArray());
    }

    /** The components of a record, in their order. */
    static ScriptRow row(Record told) {
        return ScriptRow.of(Arrays.stream(told.getClass().getRecordComponents())
                .map(part -> component(told, part.getName()))
                .toArray());
    }

    private static List<Object> values(Object given, Schema schema) {
        if (given instanceof ScriptRow row) {
            return row.values();
        }
        if (given instanceof Record told) {
            return schema.names().stream().map(field -> component(told, field)).collect(Collectors.toList());
        }
        throw new IllegalArgumentException("A row is told as row(...) or as a Java record, not as " + given);
    }

    private static Object component(Record told, String field) {
        try {
            var accessor = told.getClass().getDeclaredMethod(field);
            accessor.setAccessible(true);
            return accessor.invoke(told);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "The record " + told.getClass().getSimpleName() + " has no component " + field, e);
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

    private Object value(Object given, Type type) {
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
            throw new IllegalArgumentException(given + " was told where the column's type is " + type.sql(), e);
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

    /** As Spark would write it: 5 is 5.00 in a column of cents. */
    private static BigDecimal scaled(BigDecimal number, Type.Decimal type) {
        return number.scale() < type.scale() ? number.setScale(type.scale()) : number;
    }

    private interface Reading {
        Object read(Object given, Type type);
    }
}
