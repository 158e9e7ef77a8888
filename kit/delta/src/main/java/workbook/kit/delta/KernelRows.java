package workbook.kit.delta;

import io.delta.kernel.data.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Converts rows of Delta Kernel to Spark's. */
record KernelRows(StructType schema) {

    org.apache.spark.sql.Row toSpark(Row row) {
        Object[] values = new Object[schema.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.isNullAt(i) ? null : value(row, i, schema.fields()[i].dataType());
        }
        return new GenericRowWithSchema(values, schema);
    }

    private static Object value(Row row, int i, DataType type) {
        String name = type.typeName();
        return switch (name) {
            case "boolean" -> row.getBoolean(i);
            case "byte" -> row.getByte(i);
            case "short" -> row.getShort(i);
            case "integer" -> row.getInt(i);
            case "long" -> row.getLong(i);
            case "float" -> row.getFloat(i);
            case "double" -> row.getDouble(i);
            case "string" -> row.getString(i);
            case "binary" -> row.getBinary(i);
            case "date" -> LocalDate.ofEpochDay(row.getInt(i));
            case "timestamp" -> Instant.EPOCH.plus(row.getLong(i), ChronoUnit.MICROS);
            case "timestamp_ntz" ->
                LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus(row.getLong(i), ChronoUnit.MICROS);
            default -> {
                if (name.startsWith("decimal")) {
                    yield row.getDecimal(i);
                }
                throw new UnsupportedOperationException("A column of type " + name + " is not converted");
            }
        };
    }
}
