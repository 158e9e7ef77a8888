package workbook.check;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads the rows of a story as they are written in a test: a {@link Row} or a Java record, in which a text stands for a
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
    Row in(Object given, StructType schema) {
        return row(given, schema, this::value);
    }

    /**
     * A row that should come out; what does not fit the schema stays as it is, to be shown beside what came. So does all
     * where there is no schema.
     */
    Row expected(Object given, StructType schema) {
        return schema == null && given instanceof Row row ? row : row(given, schema, this::lenient);
    }

    private Row row(Object given, StructType schema, Reading reading) {
        List<Object> values = values(given, schema);
        if (values.size() != schema.length()) {
            throw new IllegalArgumentException("A row of " + values.size() + " values was told where the columns are "
                    + String.join(", ", schema.fieldNames()) + ": " + values);
        }
        return RowFactory.create(IntStream.range(0, values.size())
                .mapToObj(i -> reading.read(values.get(i), schema.apply(i).dataType()))
                .toArray());
    }

    private static List<Object> values(Object given, StructType schema) {
        if (given instanceof Row row) {
            return IntStream.range(0, row.size()).mapToObj(row::get).toList();
        }
        if (given instanceof Record told) {
            return Arrays.stream(schema.fields()).map(field -> component(told, field)).toList();
        }
        throw new IllegalArgumentException("A row is told as row(...) or as a Java record, not as " + given);
    }

    private static Object component(Record told, StructField field) {
        try {
            var accessor = told.getClass().getDeclaredMethod(field.name());
            accessor.setAccessible(true);
            return accessor.invoke(told);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "The record " + told.getClass().getSimpleName() + " has no component " + field.name(), e);
        }
    }

    private Object lenient(Object given, DataType type) {
        if (given instanceof Row row && type instanceof StructType struct) {
            return row.size() == struct.length() ? expected(row, struct) : row;
        }
        try {
            return given instanceof String || type instanceof DecimalType ? value(given, type) : given;
        } catch (IllegalArgumentException e) {
            return given;
        }
    }

    private Object value(Object given, DataType type) {
        try {
            if (given instanceof Row row && type instanceof StructType struct) {
                return in(row, struct);
            }
            if (given instanceof List<?> list && type instanceof ArrayType array) {
                return CollectionConverters.asScala(
                        list.stream().map(item -> value(item, array.elementType())).toList()).toSeq();
            }
            if (given instanceof String text) {
                return text(text, type);
            }
            return given instanceof Number number ? number(number, type) : given;
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException(given + " was told where the column's type is " + type.sql(), e);
        }
    }

    private Object text(String text, DataType type) {
        if (type.equals(DataTypes.TimestampType)) {
            return Times.read(text, day);
        }
        if (type.equals(DataTypes.DateType)) {
            return LocalDate.parse(text);
        }
        if (type.equals(DataTypes.BinaryType)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return type instanceof DecimalType decimal ? scaled(new BigDecimal(text), decimal) : text;
    }

    private static Object number(Number given, DataType type) {
        if (type.equals(DataTypes.DoubleType)) {
            return given.doubleValue();
        }
        BigDecimal exact = new BigDecimal(given.toString());
        if (type.equals(DataTypes.LongType)) {
            return exact.longValueExact();
        }
        if (type.equals(DataTypes.IntegerType)) {
            return exact.intValueExact();
        }
        return type instanceof DecimalType decimal ? scaled(exact, decimal) : given;
    }

    /** As Spark would write it: 5 is 5.00 in a column of cents. */
    private static BigDecimal scaled(BigDecimal number, DecimalType type) {
        return number.scale() < type.scale() ? number.setScale(type.scale()) : number;
    }

    private interface Reading {
        Object read(Object given, DataType type);
    }
}
