package workbook.check.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

    @Test
    void aSchemaIsReadFromSql() {
        Schema schema = Schema.of("id bigint NOT NULL, price DECIMAL(10,2), times ARRAY<TIMESTAMP>,"
                + " window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, `a name` map<string, int>");
        assertThat(schema.names()).containsExactly("id", "price", "times", "window", "a name");
        assertThat(schema.field(1).type()).isEqualTo(new Type.Decimal(10, 2));
        assertThat(schema.sql())
                .isEqualTo("id BIGINT, price DECIMAL(10,2), times ARRAY<TIMESTAMP>,"
                        + " window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, `a name` MAP<STRING, INT>");
        assertThat(Schema.of(schema.sql())).isEqualTo(schema);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "id BIGINT,", "id BIGINT price INT", "id DECIMAL(", "a ARRAY<INT", "?", "id BLOB"})
    void anInvalidSchemaIsQuoted(String sql) {
        assertThatThrownBy(() -> Schema.of(sql))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sql);
    }

    @Test
    void valuesAreReadByColumnName() {
        ScriptRow row = ScriptRow.of(Schema.of("id INT, name STRING"), java.util.Arrays.asList(1, null));
        assertThat(row.get("name")).isNull();
        assertThatThrownBy(() -> row.get("nam")).hasMessageContaining("There is no column nam. Columns: [id, name]");
        assertThatThrownBy(() -> ScriptRow.of(1).get("id")).hasMessageContaining("has no schema");
    }
}
