package workbook.check.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses columns in SQL. */
final class SchemaParser {

    private static final Pattern TOKEN = Pattern.compile("\\s*(`[^`]+`|\\w+|[<>(),:])");
    private static final Map<String, String> SYNONYMS = Map.of(
            "LONG",
            "BIGINT",
            "INTEGER",
            "INT",
            "SHORT",
            "SMALLINT",
            "BYTE",
            "TINYINT",
            "REAL",
            "FLOAT",
            "DEC",
            "DECIMAL",
            "NUMERIC",
            "DECIMAL",
            "TIMESTAMP_LTZ",
            "TIMESTAMP");
    private static final List<String> SIMPLE = List.of(
            "STRING",
            "BINARY",
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DATE",
            "TIMESTAMP",
            "TIMESTAMP_NTZ",
            "VARIANT",
            "VOID");

    private final String sql;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    SchemaParser(String sql) {
        this.sql = sql;
        Matcher token = TOKEN.matcher(sql);
        int end = 0;
        while (token.find() && token.start() == end) {
            tokens.add(token.group(1));
            end = token.end();
        }
        if (!sql.substring(end).isBlank()) {
            throw unreadable();
        }
    }

    Schema schema() {
        Schema schema = fields("");
        if (next < tokens.size()) {
            throw unreadable();
        }
        return schema;
    }

    private Schema fields(String end) {
        List<Schema.Field> fields = new ArrayList<>();
        while (!peek().equals(end)) {
            if (!fields.isEmpty()) {
                expect(",");
            }
            String name = take().replace("`", "");
            skip(":");
            fields.add(new Schema.Field(name, type()));
            if (skip("NOT")) {
                expect("NULL");
            }
        }
        return new Schema(List.copyOf(fields));
    }

    private Type type() {
        String name = take().toUpperCase(Locale.ROOT);
        name = SYNONYMS.getOrDefault(name, name);
        return switch (name) {
            case "DECIMAL" -> decimal();
            case "ARRAY" -> array();
            case "MAP" -> map();
            case "STRUCT" -> struct();
            default -> simple(name);
        };
    }

    private Type simple(String name) {
        if (!SIMPLE.contains(name)) {
            throw new IllegalArgumentException("Unknown type " + name + " in \"" + sql + "\".");
        }
        return new Type.Simple(name);
    }

    private Type decimal() {
        if (!skip("(")) {
            return new Type.Decimal(10, 0);
        }
        int precision = Integer.parseInt(take());
        int scale = skip(",") ? Integer.parseInt(take()) : 0;
        expect(")");
        return new Type.Decimal(precision, scale);
    }

    private Type array() {
        expect("<");
        Type element = type();
        expect(">");
        return new Type.Array(element);
    }

    private Type map() {
        expect("<");
        Type key = type();
        expect(",");
        Type value = type();
        expect(">");
        return new Type.Map(key, value);
    }

    private Type struct() {
        expect("<");
        Schema schema = fields(">");
        expect(">");
        return new Type.Struct(schema);
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        if (next == tokens.size()) {
            throw unreadable();
        }
        return tokens.get(next++);
    }

    private boolean skip(String token) {
        boolean isNext = peek().equalsIgnoreCase(token);
        next += isNext ? 1 : 0;
        return isNext;
    }

    private void expect(String token) {
        if (!skip(token)) {
            throw unreadable();
        }
    }

    private IllegalArgumentException unreadable() {
        return new IllegalArgumentException("\"" + sql + "\" is not a list of columns. Write them as in SQL:"
                + " shop STRING, time TIMESTAMP, price DECIMAL(10,2).");
    }
}
