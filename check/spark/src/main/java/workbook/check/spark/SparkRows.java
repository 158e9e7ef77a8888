package workbook.check.spark;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;
import workbook.check.script.Schema;
import workbook.check.script.ScriptRow;

/** Converts rows and schemas between scripts and Spark. */
public final class SparkRows {

    private SparkRows() {}

    /** Converts a script's schema to Spark's. */
    public static StructType type(Schema schema) {
        return StructType.fromDDL(schema.sql());
    }

    /** Converts Spark's schema to a script's. */
    public static Schema schema(StructType type) {
        return Schema.of(type.toDDL());
    }

    /** Converts a script's row to Spark's, without a schema. */
    public static Row toSpark(ScriptRow row) {
        return RowFactory.create(
                row.values().stream().map(SparkRows::valueToSpark).toArray());
    }

    /** Converts a script's rows to Spark's. */
    public static List<Row> toSpark(List<ScriptRow> rows) {
        return rows.stream().map(SparkRows::toSpark).toList();
    }

    /** Converts Spark's row to a script's, with its schema if it has one. */
    public static ScriptRow fromSpark(Row row) {
        return fromSpark(row, row.schema() == null ? null : schema(row.schema()));
    }

    /** Converts Spark's rows, which have the same schema, to a script's. */
    public static List<ScriptRow> fromSpark(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        StructType type = rows.get(0).schema();
        Schema schema = type == null ? null : schema(type);
        return rows.stream().map(row -> fromSpark(row, schema)).toList();
    }

    private static ScriptRow fromSpark(Row row, Schema schema) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(valueFromSpark(row.get(i)));
        }
        return ScriptRow.of(schema, values);
    }

    private static Object valueToSpark(Object value) {
        if (value instanceof ScriptRow row) {
            return toSpark(row);
        }
        if (value instanceof List<?> list) {
            return CollectionConverters.asScala(
                            list.stream().map(SparkRows::valueToSpark).toList())
                    .toSeq();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> values = new HashMap<>();
            map.forEach((key, item) -> values.put(valueToSpark(key), valueToSpark(item)));
            return CollectionConverters.asScala(values);
        }
        return value;
    }

    private static Object valueFromSpark(Object value) {
        if (value instanceof Row row) {
            return fromSpark(row);
        }
        if (value instanceof Seq<?> array) {
            List<Object> items = new ArrayList<>();
            CollectionConverters.asJava(array).forEach(item -> items.add(valueFromSpark(item)));
            return items;
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            Map<Object, Object> values = new HashMap<>();
            CollectionConverters.asJava(map)
                    .forEach((key, item) -> values.put(valueFromSpark(key), valueFromSpark(item)));
            return values;
        }
        if (value instanceof Timestamp time) {
            return time.toInstant();
        }
        return value instanceof Date date ? date.toLocalDate() : value;
    }
}
