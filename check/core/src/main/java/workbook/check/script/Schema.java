package workbook.check.script;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The columns of a stream or a table, independent of an engine. */
public record Schema(List<Field> fields) {

    /** A column. */
    public record Field(String name, Type type) {}

    /**
     * Reads columns as in SQL: {@code "shop STRING, time TIMESTAMP, price DECIMAL(10,2)"}.
     *
     * @throws IllegalArgumentException if the text is not valid, or has an unknown type
     */
    public static Schema of(String sql) {
        return new SchemaParser(sql).schema();
    }

    public int size() {
        return fields.size();
    }

    public Field field(int column) {
        return fields.get(column);
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /**
     * The index of a column.
     *
     * @throws IllegalArgumentException if there is no column of this name
     */
    public int index(String name) {
        return IntStream.range(0, fields.size())
                .filter(i -> fields.get(i).name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("There is no column " + name + ". Columns: " + names()));
    }

    /** These columns, in this order. */
    public Schema select(List<String> names) {
        return new Schema(names.stream().map(name -> fields.get(index(name))).toList());
    }

    /** The columns as in SQL; {@link #of} reads them. */
    public String sql() {
        return sql(" ");
    }

    String sql(String separator) {
        return fields.stream()
                .map(field -> (field.name().matches("\\w+") ? field.name() : "`" + field.name() + "`")
                        + separator
                        + field.type().sql())
                .collect(Collectors.joining(", "));
    }
}
