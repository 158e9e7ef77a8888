package workbook.check.spark;

import static workbook.check.engine.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;
import workbook.check.engine.ExplanationRule;

/** The rules that explain Spark's exceptions to learners. */
final class SparkExplanationRules {

    /** Operations that a stream does not support, and their requirements. */
    private static final List<ExplanationRule> STREAMS = List.of(
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .* append\\..* aggregations without watermark",
                    "append mode emits only final results, and without a watermark no result is final.",
                    "A total can change with every new row until the watermark passes its window. Call withWatermark on"
                            + " the time column and group by a window of it, or use update mode (emits changes) or"
                            + " complete mode (emits everything)."),
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .* complete\\. .* no streaming aggregations",
                    "complete mode needs an aggregation, and this query has none.",
                    "Complete mode emits the whole result each time, which only an aggregation keeps in its state."
                            + " Without a groupBy, use append mode."),
            rule(
                    "AnalysisException: Queries with streaming sources must be executed with writeStream",
                    "a stream cannot be counted, shown or collected, because it has no end.",
                    "count(), show() and collectAsList() need all rows. Return the Dataset instead; the query runs when it"
                            + " is started with writeStream().start()."),
            rule(
                    "CALL_ON_STREAMING_DATASET_UNSUPPORTED: The method `(\\w+)`",
                    "`$1` is not available on a stream, only on batch Datasets.",
                    "To write a stream, use `writeStream` instead of `write`."),
            rule(
                    "AnalysisException: Sorting is not supported on streaming",
                    "a stream cannot be sorted: the first row may still arrive.",
                    "Sorting works only after a groupBy in complete mode, which emits the whole result each time. Remove"
                            + " orderBy, or sort where the results are read."),
            rule(
                    "AnalysisException: Distinct aggregations are not supported",
                    "a stream cannot count distinct values exactly: its state would have to keep every value forever.",
                    "Use approx_count_distinct, or dropDuplicates with a watermark, and count in a second query."),
            rule(
                    "NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING: .* in (\\w+\\(.*?\\))",
                    "a stream does not support row numbers or ranks with over(…): its partitions have no end.",
                    "$1 needs all rows of a partition. On a stream, group by window(time, …) and aggregate (max_by keeps"
                            + " the latest row), or keep state for each key."),
            rule(
                    "AnalysisException: Detected pattern of possible 'correctness' issue",
                    "an aggregation of an aggregation works in append mode only.",
                    "In update mode the first one emits results that are not final, and the second cannot subtract what it"
                            + " has counted. Use append mode with a watermark, so that the second receives only final"
                            + " results."),
            rule(
                    "AnalysisException: Stream-stream (\\w+) join .* not supported without a watermark",
                    "this outer join needs a watermark: without one, it would wait forever for a match.",
                    "It may emit a row with nulls only when no match can arrive. Set a watermark on both sides, and limit"
                            + " the time between matching rows in the condition: time BETWEEN otherTime AND otherTime +"
                            + " INTERVAL 1 HOUR."),
            rule(
                    "EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE: The event time `(.+?)` has the invalid type \"(.+?)\"",
                    "a watermark needs a TIMESTAMP column, but `$1` has the type $2.",
                    "Use a column of type TIMESTAMP, or convert `$1` with to_timestamp first."),
            rule(
                    "CANNOT_PARSE_INTERVAL: Unable to parse '(.*?)'",
                    "Spark cannot read \"$1\" as an interval.",
                    "Write a number and a unit: \"10 minutes\", \"1 hour 30 minutes\", \"5 seconds\"."),
            rule(
                    "STATE_STORE_(?:KEY|VALUE)_SCHEMA_NOT_COMPATIBLE",
                    "the checkpoint has the state of a query with another schema of keys or values.",
                    "A restarted query continues with its old state, so the schema must be the same. Change the query"
                            + " back, or start the new one with a new checkpoint folder."),
            rule(
                    "AnalysisException: checkpointLocation must be specified",
                    "this sink needs a checkpoint: a folder that keeps the query's offsets and state.",
                    "Add .option(\"checkpointLocation\", \"…\") with a folder that no other query uses."),
            rule(
                    "IllegalArgumentException: Cannot start query with name (\\S+)",
                    "a query named $1 is already running.",
                    "Stop it first, or give this query another queryName."),
            rule(
                    "SparkIllegalArgumentException: Schema must be specified when creating a streaming source",
                    "a stream of files needs a schema: Spark does not infer it, because more files may arrive.",
                    "Set it with .schema(…) before .json(…) or .load(…)."),
            rule(
                    "UNABLE_TO_INFER_SCHEMA",
                    "there is no file to read in this folder, so Spark cannot infer the schema.",
                    "Spark reads the files in a folder and in subfolders named column=value, such as batch=7, not in"
                            + " others."));

    /** Columns, types and expressions. */
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
                    "DATA_SOURCE_NOT_FOUND: Failed to find the data source: (\\S+?)\\. ",
                    "there is no source or sink named \"$1\".",
                    "Check its name. Common ones: kafka, parquet, json, csv, delta, rate, console, memory."));

    /** Values that a query does not expect. */
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
                    "MALFORMED_RECORD_IN_PARSING",
                    "a record could not be parsed, and in FAILFAST mode that stops the query.",
                    "It stops again after each restart, because it reads the record again. Remove the mode: values that"
                            + " cannot be parsed are then null, and you can filter the rows."),
            rule(
                    "PATH_ALREADY_EXISTS: Path \\S*?([^/\\s]+) already exists",
                    "the folder $1 already exists, and the default mode then fails.",
                    "mode(\"overwrite\") replaces its content, mode(\"append\") adds to it."),
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
                    "Its fields: $2."),
            rule(
                    "INVALID_EXTERNAL_TYPE: The external type (\\S+) is not valid for the type \"(.+?)\" .*, (\\w+)\\)\"",
                    "the code put $1 into a row, but the schema has the type $2.",
                    "The field is `$3`. The values of RowFactory.create must have the order and the types of the schema:"
                            + " INT is Integer, BIGINT is Long, TIMESTAMP is Instant."),
            rule(
                    "UNSUPPORTED_DESERIALIZER\\.FIELD_NUMBER_MISMATCH: .* map \"STRUCT<(.+?)>\" to",
                    "the columns do not match the encoder.",
                    "The columns are $1. Before as(…), select exactly the columns of the encoder."),
            rule(
                    "ScalaReflectionException: <none> is not a term",
                    "Spark cannot create an object of the encoder's class.",
                    "Encoders.bean creates an empty object and calls its setters. Give the class a public constructor"
                            + " without parameters, and a getter and a setter for each field."),
            rule(
                    "CompileException: .* No applicable constructor/method found for zero actual parameters; candidates"
                            + " are: \"(?:\\w+\\.)*([\\w$]+)\\(",
                    "Spark cannot create an object of $1: it has no constructor without parameters.",
                    "Encoders.bean creates an empty object and calls its setters. Give the class a public constructor"
                            + " without parameters, and a getter and a setter for each field."));

    /** Exceptions of the code inside a task. */
    private static final List<ExplanationRule> CODE = List.of(
            rule(
                    "NotSerializableException: (\\S+)\n.*?- field \\(class: (?!java|scala|org\\.apache|Literal)(\\S+), name: (\\w+),",
                    "the function refers to $1, which is not serializable, so Spark cannot send it to its tasks.",
                    "It is in the field `$3` of $2. Let $1 implement Serializable, or create one inside the function; a"
                            + " field that the function does not need can be transient."),
            rule(
                    "NotSerializableException: (\\S+)",
                    "the function refers to $1, which is not serializable, so Spark cannot send it to its tasks.",
                    "Spark serializes a function with the variables that it uses, and with the whole enclosing object if"
                            + " it uses one of its fields or methods. Copy what it needs into a local variable of a simple"
                            + " type, or let $1 implement Serializable."),
            rule(
                    "CANNOT_INVOKE_IN_TRANSFORMATIONS",
                    "the function uses a Dataset, which is not available in a task.",
                    "A function processes one row at a time, perhaps on another machine. Compute the value from the"
                            + " Dataset first and use it in the function, or join the two Datasets."),
            rule(
                    "NumberFormatException: .*\"(.*)\"",
                    "the code cannot parse \"$1\" as a number.",
                    "One bad row stops the whole query. Decide what to do with such rows, or let Spark parse them:"
                            + " try_cast returns null."),
            rule(
                    "DateTimeParseException: Text '(.*?)' could not be parsed",
                    "the code cannot parse '$1' as a date or a time.",
                    "One bad row stops the whole query. Decide what to do with such rows, or let Spark parse them:"
                            + " try_to_timestamp returns null."),
            rule(
                    "OutOfMemoryError",
                    "the code ran out of memory.",
                    "Look for a collection that keeps growing, or a collect of all rows. Let Spark keep the rows, and"
                            + " read totals only."));

    static final List<ExplanationRule> ALL =
            Stream.of(STREAMS, COLUMNS, VALUES, CODE).flatMap(List::stream).toList();

    private SparkExplanationRules() {}
}
