package workbook.kit.spark.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;
import workbook.kit.explain.ExplanationRule;

/** The rules for watermarks, windows, and joins of streams. */
final class WatermarkRules {

    private static final List<ExplanationRule> WATERMARKS = List.of(
            rule(
                    "EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE: The event time `(.+?)` has the invalid type \"(.+?)\"",
                    "a watermark needs a TIMESTAMP column, but `$1` has the type $2.",
                    "Use a column of type TIMESTAMP, or convert `$1` with to_timestamp first."),
            rule(
                    "EVENT_TIME_MUST_BE_TOP_LEVEL_COLUMN: .* but '(.+?)'",
                    "a watermark needs a column, and `$1` is a field inside one.",
                    "Select it under a name of its own first: select(col(\"$1\").as(\"time\"), …)."),
            rule(
                    "CANNOT_PARSE_INTERVAL: Unable to parse '(.*?)'",
                    "Spark cannot read \"$1\" as an interval.",
                    "Write a number and a unit: \"10 minutes\", \"1 hour 30 minutes\", \"5 seconds\"."),
            rule(
                    "AnalysisException: Redefining watermark is disallowed",
                    "the rows get a second watermark: withWatermark is called twice.",
                    "Keep the call on the time column that the groupBy or join uses, before it, and remove the other."),
            rule(
                    "IllegalArgumentException: requirement failed: delay threshold \\((.+?)\\) should not be"
                            + " negative",
                    "a watermark's delay cannot be negative: $1.",
                    "It states how far rows may lag behind the newest one: zero or more."),
            rule(
                    "SparkIllegalArgumentException: Intervals greater than a month is not supported \\((.+?)\\)",
                    "a window or delay of \"$1\" is not possible: months differ in length.",
                    "Use days or weeks. For calendar months, group by date_trunc('month', …), which has no"
                            + " watermark."),
            rule(
                    "AnalysisException: More than one event time columns are available",
                    "the rows have two columns with a watermark.",
                    "The next operator needs to know which of them to use. Select one of them, for example after a join."),
            rule(
                    "AnalysisException: dropDuplicatesWithinWatermark is not supported .* without watermark",
                    "dropDuplicatesWithinWatermark needs a watermark, and none arrives there.",
                    "Its delay says for how long an id is remembered. Call withWatermark before it; a map in"
                            + " between loses it."),
            rule(
                    "AnalysisException: Global aggregation with session window",
                    "a session window on a stream needs a key beside it.",
                    "Group by session_window(…) and another column, such as the customer."),
            rule(
                    "AnalysisException: Multiple time/session window expressions",
                    "a groupBy can have one window only.",
                    "Aggregate by the shorter window first, and its results by the longer one."),
            rule(
                    "DATATYPE_MISMATCH\\.PARAMETER_CONSTRAINT_VIOLATION: Cannot resolve"
                            + " \"window\\(.*slide_duration",
                    "the window's slide is longer than the window: rows in between would be lost.",
                    "In window(time, length, slide) the length comes first. Without a slide, windows follow each"
                            + " other."));

    private static final List<ExplanationRule> JOINS = List.of(
            rule(
                    "AnalysisException: Stream-stream (\\w+) join .* not supported without a watermark.*INTERVAL"
                            + " '[^']*' (?:MONTH|YEAR)",
                    "Spark cannot derive a time bound from months: they differ in length.",
                    "Write the bound of this outer join in days or hours: INTERVAL 30 DAYS."),
            rule(
                    "AnalysisException: Stream-stream (\\w+) join .* not supported without a watermark",
                    "this outer join needs a watermark: without one, it would wait forever for a match.",
                    "It may emit a row with nulls only when no match can arrive. Set a watermark on both sides, and limit"
                            + " the time between matching rows in the condition: time BETWEEN otherTime AND otherTime +"
                            + " INTERVAL 1 HOUR."),
            rule(
                    "AnalysisException: (Left|Right|Full)\\w* joins? with (?:a )?streaming DataFrames?/Datasets?"
                            + " on the (left|right)",
                    "this outer join would wait for the end of the stream to emit rows of the table without a match.",
                    "Only the stream's rows can be kept without a match: put the stream on the left of a"
                            + " left_outer join, or on the right of a right_outer join."),
            rule(
                    "AnalysisException: Union between streaming and batch",
                    "a union takes two streams or two tables, not one of each.",
                    "Read the table as a stream too (readStream), or unite the results where they are read."),
            rule(
                    "AnalysisException: Except ",
                    "a stream cannot be subtracted: it may still get the same row.",
                    "Use a join with a watermark and a time bound, or dropDuplicates."),
            rule(
                    "AnalysisException: Stream-stream join without equality predicate",
                    "a join of two streams needs an equality in its condition.",
                    "Spark keeps both sides by key. Add a column that must be equal on both sides."));

    private static final List<ExplanationRule> ACTIONS = List.of(
            rule(
                    "AnalysisException: Queries with streaming sources must be executed with writeStream",
                    "a stream cannot be counted, shown or collected, because it has no end.",
                    "count(), show() and collectAsList() need all rows. Return the Dataset instead; the query"
                            + " runs when it is started with writeStream().start()."),
            rule(
                    "CALL_ON_STREAMING_DATASET_UNSUPPORTED: The method `(\\w+)`",
                    "`$1` is not available on a stream, only on batch Datasets.",
                    "To write a stream, use `writeStream` instead of `write`."),
            rule(
                    "WRITE_STREAM_NOT_ALLOWED",
                    "writeStream is for streams, and this Dataset is a table.",
                    "Read it with readStream to get a stream, or write it with write()."));

    static final List<ExplanationRule> ALL =
            Stream.of(WATERMARKS, JOINS, ACTIONS).flatMap(List::stream).toList();

    private WatermarkRules() {}
}
