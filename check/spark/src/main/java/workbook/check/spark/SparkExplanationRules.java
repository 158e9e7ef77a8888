package workbook.check.spark;

import static workbook.check.engine.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;
import workbook.check.engine.ExplanationRule;

/** The failures of Spark that learners meet, in words of their own trade. */
final class SparkExplanationRules {

    /** What a stream cannot do, and what it needs for what it can. */
    private static final List<ExplanationRule> STREAMS = List.of(
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .* append\\..* aggregations without watermark",
                    "append mode waits for final results, and here no result is ever final.",
                    "A total may change with every new row until a watermark says that no more rows will come for it."
                            + " Call withWatermark on the time column and group by a window of that time, or write in"
                            + " update mode (what changed) or complete mode (everything)."),
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .* complete\\. .* no streaming aggregations",
                    "complete mode writes the whole result each time, and this query keeps none.",
                    "Only an aggregation has a whole result. Without a groupBy, write in append mode."),
            rule(
                    "AnalysisException: Queries with streaming sources must be executed with writeStream",
                    "a stream has no end, so it cannot be counted, shown or collected.",
                    "count(), show() and collectAsList() want all rows, and a stream is never complete. Return the"
                            + " Dataset; the results come out once it is started with writeStream().start()."),
            rule(
                    "CALL_ON_STREAMING_DATASET_UNSUPPORTED: The method `(\\w+)`",
                    "a stream cannot be asked for `$1`: that is for Datasets which have an end.",
                    "Where you would call `write` on a table, a stream has `writeStream`."),
            rule(
                    "AnalysisException: Sorting is not supported on streaming",
                    "a stream cannot be sorted: the row that belongs first may be yet to come.",
                    "Only the totals of a groupBy written in complete mode can be sorted, since they are written whole"
                            + " each time. Leave orderBy out, or sort where the results are read."),
            rule(
                    "AnalysisException: Distinct aggregations are not supported",
                    "a stream cannot count distinct values exactly: it would have to keep every value forever.",
                    "Use approx_count_distinct, or dropDuplicates with a watermark first and count in a second query."),
            rule(
                    "NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING: .* in (\\w+\\(.*?\\))",
                    "a stream cannot number or rank its rows with over(…): its partitions never end.",
                    "$1 wants to see all rows of a partition. On a stream, group by window(time, …) and aggregate"
                            + " (max_by keeps the latest row), or keep state for each key."),
            rule(
                    "AnalysisException: Detected pattern of possible 'correctness' issue",
                    "an aggregation of an aggregation works in append mode only.",
                    "In update mode the first one puts out results that are not final, and the second cannot take back"
                            + " what it has counted. Write in append mode, with a watermark, so that only final results"
                            + " are passed on."),
            rule(
                    "AnalysisException: Stream-stream (\\w+) join .* not supported without a watermark",
                    "this outer join never learns when to give up waiting for a match.",
                    "Before it may put out a row with nulls, it must know that no match will come any more. Give both"
                            + " sides a watermark, and say in the condition how far apart in time a match may lie:"
                            + " time BETWEEN otherTime AND otherTime + INTERVAL 1 HOUR."),
            rule(
                    "EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE: The event time `(.+?)` has the invalid type \"(.+?)\"",
                    "a watermark follows time, and the column `$1` has the type $2.",
                    "Name the column of type TIMESTAMP, or make one of `$1` with to_timestamp first."),
            rule(
                    "CANNOT_PARSE_INTERVAL: Unable to parse '(.*?)'",
                    "\"$1\" is not a length of time that Spark understands.",
                    "Write a number and a unit: \"10 minutes\", \"1 hour 30 minutes\", \"5 seconds\"."),
            rule(
                    "STATE_STORE_(?:KEY|VALUE)_SCHEMA_NOT_COMPATIBLE",
                    "the checkpoint holds the state of a query that grouped by something else.",
                    "A query that is restarted takes its old state over, so its keys and their types must be the same."
                            + " Change the query back, or give the new one a checkpoint folder of its own and let it"
                            + " begin again."),
            rule(
                    "AnalysisException: checkpointLocation must be specified",
                    "this sink needs a checkpoint: a folder that remembers how far the query got.",
                    "Add .option(\"checkpointLocation\", \"…\"), a folder that no other query uses."),
            rule(
                    "IllegalArgumentException: Cannot start query with name (\\S+)",
                    "a query called $1 is running already.",
                    "Stop that one first, or give this one another queryName."),
            rule(
                    "SparkIllegalArgumentException: Schema must be specified when creating a streaming source",
                    "a stream of files cannot guess its columns: files may come later.",
                    "Say what is in them with .schema(…), before .json(…) or .load(…)."),
            rule(
                    "UNABLE_TO_INFER_SCHEMA",
                    "there is no file where a table was to be read, so nobody knows its columns.",
                    "Spark reads the files in a folder, and below it only those in folders named column=value, such as"
                            + " batch=7."));

    /** Columns, their types, and expressions that do not fit them. */
    private static final List<ExplanationRule> COLUMNS = List.of(
            rule(
                    "UNRESOLVED_COLUMN\\.WITH_SUGGESTION: .* name (`.+`) cannot be resolved\\. .*? \\[(.+?)]",
                    "there is no column $1 here.",
                    "The names nearest to it: $2. What a select or groupBy does not keep is gone for the steps after it."),
            rule(
                    "AMBIGUOUS_REFERENCE: Reference (`.+?`) is ambiguous",
                    "there is more than one column $1, and Spark cannot know which one is meant.",
                    "After a join the columns of both sides stand side by side. Rename one before the join"
                            + " (withColumnRenamed), or drop it after."),
            rule(
                    "DATATYPE_MISMATCH\\.BINARY_OP_DIFF_TYPES: Cannot resolve \"(.+)\" due .* \\(\"(.+)\" and \"(.+)\"\\)",
                    "$1 does not work: $2 and $3 do not go together.",
                    "Cast one of them. To move a TIMESTAMP, add an interval: expr(\"time + INTERVAL 60 SECONDS\")."),
            rule(
                    "DATATYPE_MISMATCH\\.UNEXPECTED_INPUT_TYPE: Cannot resolve \"(.+)\" due .* requires the (.+) type,"
                            + " however \"(.+)\" has the type \"(.+)\"",
                    "$1 does not work: $3 has the type $4.",
                    "What is needed there is $2. Cast the column, or choose another one."),
            rule(
                    "MISSING_AGGREGATION: The non-aggregating expression \"(.+?)\"",
                    "`$1` is neither grouped by nor aggregated, and a group has many of it.",
                    "A group puts out one row. Add `$1` to the groupBy, or say which one you want: max, min, max_by."),
            rule(
                    "UNRESOLVED_ROUTINE: Cannot resolve routine (`.+?`)",
                    "there is no function $1.",
                    "Look for its name among Spark's SQL functions; a UDF is known to SQL only after"
                            + " spark.udf().register."),
            rule(
                    "PARSE_SYNTAX_ERROR: Syntax error at or near (.+?)\\. ",
                    "this is not SQL: Spark stopped reading at $1.",
                    "The mistake is there or just before it: a missing comma, bracket or operator, or one too many."),
            rule(
                    "NUM_COLUMNS_MISMATCH: .* has (\\d+) columns and the second input has (\\d+)",
                    "a union puts rows below each other, and $1 columns do not lie on $2.",
                    "Select the same columns in the same order on both sides, or use unionByName with"
                            + " allowMissingColumns."),
            rule(
                    "INCOMPATIBLE_COLUMN_TYPE: UNION .* The (\\w+) column of the \\w+ table is \"(.+?)\" type .*? \"(.+?)\"",
                    "a union puts rows below each other, and its $1 column is once $3, once $2.",
                    "union goes by position and not by name. Bring the columns into the same order or use unionByName,"
                            + " and cast where the types really differ."),
            rule(
                    "DATA_SOURCE_NOT_FOUND: Failed to find the data source: (\\S+?)\\. ",
                    "there is no source or sink called \"$1\".",
                    "Is it spelt right? The usual ones: kafka, parquet, json, csv, delta, rate, console, memory."));

    /** Rows whose values are not what the query takes them for. */
    private static final List<ExplanationRule> VALUES = List.of(
            rule(
                    "CAST_INVALID_INPUT: The value '(.*?)' of the type \"STRING\" cannot be cast to \"(.+?)\"",
                    "one row holds the text '$1', which is no $2.",
                    "One bad row stops the whole query. Use try_cast or try_to_timestamp, which make a null of it, and"
                            + " decide what is to become of such rows. Was a text summed or compared with a number?"
                            + " Spark casts it silently."),
            rule(
                    "CAST_OVERFLOW: The value (\\d+)L? .* to \"(.+?)\"",
                    "the number $1 does not fit into the type $2.",
                    "Take a wider type (BIGINT, DECIMAL), or try_cast where a null will do."),
            rule(
                    "MALFORMED_RECORD_IN_PARSING",
                    "a record could not be parsed, and FAILFAST lets that end the query.",
                    "It would end after every new start, since the record comes again. Leave the mode out: what cannot"
                            + " be read is then null, and can be set aside."),
            rule(
                    "PATH_ALREADY_EXISTS: Path \\S*?([^/\\s]+) already exists",
                    "there is something in the folder $1 already, and the mode for that case is to fail.",
                    "mode(\"overwrite\") replaces what is there, mode(\"append\") adds to it."),
            rule(
                    "ARITHMETIC_OVERFLOW",
                    "a result is too large for its type.",
                    "The type of a result comes from its operands: INT times INT is an INT. Cast one of them to BIGINT"
                            + " or DECIMAL before you calculate."),
            rule(
                    "DIVIDE_BY_ZERO",
                    "a row made the query divide by zero.",
                    "Leave out the rows whose divisor is 0, or use try_divide, which makes a null of them."),
            rule(
                    "ROW_VALUE_IS_NULL: Found NULL in a row at the index (\\d+)",
                    "a row holds null where the code takes a number.",
                    "Column $1 of the row (they are counted from 0) is null; ask row.isNullAt($1) first."),
            rule(
                    "FIELD_NOT_FOUND: No such struct field (`.+?`) in (.+?)\\.",
                    "the row has no field $1.",
                    "It has: $2."),
            rule(
                    "INVALID_EXTERNAL_TYPE: The external type (\\S+) is not valid for the type \"(.+?)\" .*, (\\w+)\\)\"",
                    "the code put $1 into a row where the schema says $2.",
                    "It is the field `$3`. The values of RowFactory.create must come in the order of the schema, and in"
                            + " its types: INT is Integer, BIGINT is Long, TIMESTAMP is Instant."),
            rule(
                    "UNSUPPORTED_DESERIALIZER\\.FIELD_NUMBER_MISMATCH: .* map \"STRUCT<(.+?)>\" to",
                    "rows with these columns do not fit the encoder.",
                    "The columns are $1. Select exactly those the encoder asks for before as(…)."),
            rule(
                    "ScalaReflectionException: <none> is not a term",
                    "Spark cannot make an object of the class that the encoder was given.",
                    "Encoders.bean fills an empty object through its setters. Give the class a public constructor"
                            + " without parameters, and a getter and a setter for each field."),
            rule(
                    "CompileException: .* No applicable constructor/method found for zero actual parameters; candidates"
                            + " are: \"(?:\\w+\\.)*([\\w$]+)\\(",
                    "Spark cannot make an object of $1: it has no constructor without parameters.",
                    "Encoders.bean fills an empty object through its setters. Give the class a public constructor"
                            + " without parameters, and a getter and a setter for each field."));

    /** What Java says of the code inside a task. */
    private static final List<ExplanationRule> CODE = List.of(
            rule(
                    "NotSerializableException: (\\S+)\n.*?- field \\(class: (?!java|scala|org\\.apache|Literal)(\\S+), name: (\\w+),",
                    "the function carries $1 with it, which cannot travel to Spark's tasks.",
                    "It sits in the field `$3` of $2. Let $1 implement Serializable, or make one inside the function;"
                            + " a field that the function does not need can be transient."),
            rule(
                    "NotSerializableException: (\\S+)",
                    "the function carries $1 with it, which cannot travel to Spark's tasks.",
                    "What a function uses from outside travels with it: a variable, and the whole object around it as"
                            + " soon as it touches one of its fields or methods. Copy what it needs into a local"
                            + " variable of a simple type, or let $1 implement Serializable."),
            rule(
                    "CANNOT_INVOKE_IN_TRANSFORMATIONS",
                    "the function uses a Dataset, and inside a task there is none.",
                    "A function sees one row at a time, perhaps on another machine. Ask the Dataset before, and let the"
                            + " function use the answer; or join the two Datasets."),
            rule(
                    "NumberFormatException: .*\"(.*)\"",
                    "the code took \"$1\" for a number.",
                    "One bad row stops the whole query. Decide what is to become of rows that cannot be read, or let"
                            + " Spark read them: try_cast makes a null of them."),
            rule(
                    "DateTimeParseException: Text '(.*?)' could not be parsed",
                    "the code took '$1' for a date or a time.",
                    "One bad row stops the whole query. Decide what is to become of rows that cannot be read, or let"
                            + " Spark read them: try_to_timestamp makes a null of them."),
            rule(
                    "OutOfMemoryError",
                    "the memory is full.",
                    "Something keeps growing: a list that is only ever added to, or a collect of everything. Let Spark"
                            + " hold the rows, and take out totals."));

    static final List<ExplanationRule> ALL =
            Stream.of(STREAMS, COLUMNS, VALUES, CODE).flatMap(List::stream).toList();

    private SparkExplanationRules() {}
}
