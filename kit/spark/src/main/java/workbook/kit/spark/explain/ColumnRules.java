package workbook.kit.spark.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;
import workbook.kit.explain.ExplanationRule;

/** The rules for columns, types, expressions and their values. */
final class ColumnRules {

    private static final List<ExplanationRule> COLUMNS = List.of(
            rule(
                    "UNRESOLVED_COLUMN\\.WITH_SUGGESTION: .* name (`.+`) cannot be resolved\\. .*? \\[(.+?)]",
                    "there is no column $1 here.",
                    "Similar names: $2. Columns that a select or groupBy does not keep are not available after it."),
            rule(
                    "AMBIGUOUS_REFERENCE: Reference (`.+?`) is ambiguous",
                    "there is more than one column $1, so the name is ambiguous.",
                    "A join keeps the columns of both sides. Rename one before the join (withColumnRenamed), or drop it"
                            + " afterwards."),
            rule(
                    "DATATYPE_MISMATCH\\.BINARY_OP_DIFF_TYPES: Cannot resolve \"(.+)\" due .* \\(\"(.+)\" and \"(.+)\"\\)",
                    "$1 does not work: the types $2 and $3 do not match.",
                    "Cast one of them. To move a TIMESTAMP, add an interval: expr(\"time + INTERVAL 60 SECONDS\")."),
            rule(
                    "DATATYPE_MISMATCH\\.UNEXPECTED_INPUT_TYPE: Cannot resolve \"(.+)\" due .* requires the (.+) type,"
                            + " however \"(.+)\" has the type \"(.+)\"",
                    "$1 does not work: $3 has the type $4.",
                    "It must be $2. Cast the column, or use another one."),
            rule(
                    "MISSING_AGGREGATION: The non-aggregating expression \"(.+?)\"",
                    "`$1` is neither grouped nor aggregated, and a group has many values of it.",
                    "A group emits one row. Add `$1` to the groupBy, or aggregate it: max, min, max_by."),
            rule(
                    "UNRESOLVED_ROUTINE: Cannot resolve routine (`.+?`)",
                    "there is no function $1.",
                    "Check its name in the list of Spark's SQL functions. SQL finds a UDF only after"
                            + " spark.udf().register."),
            rule(
                    "PARSE_SYNTAX_ERROR: Syntax error at or near (.+?)\\. ",
                    "the SQL is not valid near $1.",
                    "The mistake is there or just before it: a missing comma, bracket or operator, or one too many."),
            rule(
                    "NUM_COLUMNS_MISMATCH: .* has (\\d+) columns and the second input has (\\d+)",
                    "a union needs the same number of columns on both sides: they have $1 and $2.",
                    "Select the same columns in the same order on both sides, or use unionByName with"
                            + " allowMissingColumns."),
            rule(
                    "INCOMPATIBLE_COLUMN_TYPE: UNION .* The (\\w+) column of the \\w+ table is \"(.+?)\" type .*? \"(.+?)\"",
                    "a union needs the same types on both sides: the $1 columns are $3 and $2.",
                    "union matches columns by position, not by name. Put the columns into the same order or use"
                            + " unionByName, and cast columns whose types differ."),
            rule(
                    "INVALID_EXTRACT_BASE_FIELD_TYPE: .* from \"(.+?)\"\\. .* got \"BINARY\"",
                    "`$1` is bytes, which have no fields.",
                    "Parse it first: from_json(CAST($1 AS STRING), schema)."),
            rule(
                    "INVALID_EXTRACT_BASE_FIELD_TYPE: .* from \"(.+?)\"\\. .* got \"(\\w+)\"",
                    "`$1` has the type $2, which has no fields.",
                    "A field can be taken of a STRUCT, an ARRAY or a MAP. For JSON text, use from_json first."),
            rule(
                    "DATATYPE_MISMATCH\\.CAST_WITHOUT_SUGGESTION: .*cannot cast \"BINARY\" to \"(\\w+)\"",
                    "bytes cannot be cast to $1.",
                    "Keys and values of Kafka are bytes of text. Cast twice: CAST(CAST(value AS STRING) AS $1)."));

    private static final List<ExplanationRule> VALUES = List.of(
            rule(
                    "CAST_INVALID_INPUT: The value '(.*?)' of the type \"STRING\" cannot be cast to \"(.+?)\"",
                    "a row has the text '$1', which cannot be cast to $2.",
                    "One bad row stops the whole query. Use try_cast or try_to_timestamp, which return null instead, and"
                            + " decide what to do with such rows. If you sum text or compare it with a number, Spark casts"
                            + " it implicitly."),
            rule(
                    "CAST_OVERFLOW: The value (\\d+)L? .* to \"(.+?)\"",
                    "the number $1 does not fit into the type $2.",
                    "Use a wider type (BIGINT, DECIMAL), or try_cast, which returns null instead."),
            rule(
                    "NUMERIC_VALUE_OUT_OF_RANGE.*?: +(\\S+) cannot be represented as Decimal\\((\\d+, \\d+)\\)",
                    "the number $1 does not fit into the type DECIMAL($2).",
                    "Leave out the cast, or use more digits: Spark gives a sum ten digits more than its values have."),
            rule(
                    "MALFORMED_CHARACTER_CODING: Invalid value found when performing `decode` with (\\S+)",
                    "a value has bytes that are not $1.",
                    "One such value stops the whole query. A cast to STRING keeps it, with its bytes as they are."),
            rule(
                    "MALFORMED_RECORD_IN_PARSING",
                    "a record could not be parsed, and in FAILFAST mode that stops the query.",
                    "It stops again after each restart, because it reads the record again. Remove the mode: values that"
                            + " cannot be parsed are then null, and you can filter the rows."),
            rule(
                    "ARITHMETIC_OVERFLOW",
                    "a result is too large for its type.",
                    "The operands determine the type of the result: INT times INT is INT. Cast one of them to BIGINT or"
                            + " DECIMAL first."),
            rule(
                    "DIVIDE_BY_ZERO",
                    "the query divided by zero.",
                    "Filter out the rows whose divisor is 0, or use try_divide, which returns null."),
            rule(
                    "ROW_VALUE_IS_NULL: Found NULL in a row at the index (\\d+)",
                    "the code reads a number, but the row has null.",
                    "Column $1 of the row (counted from 0) is null; check row.isNullAt($1) first."),
            rule(
                    "FIELD_NOT_FOUND: No such struct field (`.+?`) in (.+?)\\.",
                    "the row has no field $1.",
                    "Its fields: $2."));

    static final List<ExplanationRule> ALL =
            Stream.of(COLUMNS, VALUES).flatMap(List::stream).toList();

    private ColumnRules() {}
}
