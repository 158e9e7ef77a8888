package workbook.check.script;

/** The type of a column, named as SQL names it. */
public sealed interface Type {

    Type STRING = new Simple("STRING");
    Type BINARY = new Simple("BINARY");
    Type BOOLEAN = new Simple("BOOLEAN");
    Type INT = new Simple("INT");
    Type BIGINT = new Simple("BIGINT");
    Type DOUBLE = new Simple("DOUBLE");
    Type DATE = new Simple("DATE");
    Type TIMESTAMP = new Simple("TIMESTAMP");

    /** As SQL writes it: {@code DECIMAL(10,2)}, {@code ARRAY<INT>}. */
    String sql();

    /** A type that has only a name. */
    record Simple(String sql) implements Type {}

    /** A number of so many digits, so many of them behind the point. */
    record Decimal(int precision, int scale) implements Type {
        @Override
        public String sql() {
            return "DECIMAL(" + precision + "," + scale + ")";
        }
    }

    /** Any number of values of one type. */
    record Array(Type element) implements Type {
        @Override
        public String sql() {
            return "ARRAY<" + element.sql() + ">";
        }
    }

    /** Values of one type, by keys of another. */
    record Map(Type key, Type value) implements Type {
        @Override
        public String sql() {
            return "MAP<" + key.sql() + ", " + value.sql() + ">";
        }
    }

    /** A row within a row. */
    record Struct(Schema schema) implements Type {
        @Override
        public String sql() {
            return "STRUCT<" + schema.sql(": ") + ">";
        }
    }
}
