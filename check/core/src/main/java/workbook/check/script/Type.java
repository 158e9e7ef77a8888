package workbook.check.script;

/** The type of a column, with its name in SQL. */
public sealed interface Type {

    Type STRING = new Simple("STRING");
    Type BINARY = new Simple("BINARY");
    Type BOOLEAN = new Simple("BOOLEAN");
    Type INT = new Simple("INT");
    Type BIGINT = new Simple("BIGINT");
    Type DOUBLE = new Simple("DOUBLE");
    Type DATE = new Simple("DATE");
    Type TIMESTAMP = new Simple("TIMESTAMP");

    /** The type as in SQL: {@code DECIMAL(10,2)}, {@code ARRAY<INT>}. */
    String sql();

    /** A type without parameters. */
    record Simple(String sql) implements Type {}

    /** A decimal number. */
    record Decimal(int precision, int scale) implements Type {
        @Override
        public String sql() {
            return "DECIMAL(" + precision + "," + scale + ")";
        }
    }

    /** An array. */
    record Array(Type element) implements Type {
        @Override
        public String sql() {
            return "ARRAY<" + element.sql() + ">";
        }
    }

    /** A map. */
    record Map(Type key, Type value) implements Type {
        @Override
        public String sql() {
            return "MAP<" + key.sql() + ", " + value.sql() + ">";
        }
    }

    /** A nested row. */
    record Struct(Schema schema) implements Type {
        @Override
        public String sql() {
            return "STRUCT<" + schema.sql(": ") + ">";
        }
    }
}
