package workbook.kit.spark.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;
import workbook.kit.explain.ExplanationRule;

/** The rules for output modes and the operators that they exclude. */
final class OutputModeRules {

    /** Append mode and the watermark that it lacks. */
    private static final List<ExplanationRule> APPEND = List.of(
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .*append\\..* aggregations without watermark.*\\nwatermark on"
                            + " `(.+?)` lost by (\\w+)",
                    "append mode needs a watermark at the groupBy, and $2 loses the one on `$1`.",
                    "Only with a watermark does a result become final. $2 makes new columns, which have none. Move withWatermark behind it, to the time column of its result; a second one is rejected."),
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .*append\\..* aggregations without watermark.*\\nwatermark on"
                            + " `(.+?)` lost on the way",
                    "append mode needs a watermark at the groupBy, and the one on `$1` is lost before it.",
                    "Only with a watermark does a result become final. It belongs to a column, and a select, a cast or a computation in between replaced that by a new one. Keep the column, or move withWatermark to the new one."),
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .*append\\..* aggregations without watermark.*\\nwatermark on"
                            + " `(.+?)`, grouped by (\\S*window\\S*\\.(?:start|end))",
                    "append mode needs a watermark at the groupBy, and $2 has none: the window itself has it.",
                    "The start and the end of a window are ordinary columns. Group by window(…), and select"
                            + " window.start after the aggregation."),
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .*append\\..* aggregations without watermark.*\\nwatermark on"
                            + " `(.+?)`, grouped by ([^\\n]+)",
                    "append mode needs a watermark at the groupBy; `$1` has one, but is not grouped by.",
                    "The query groups by $2. A group is final when the watermark has passed its time, so group by a window of the column with the watermark, or by the column itself. What is computed from it, such as date_trunc, is a new column without a watermark."),
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .*append\\..* aggregations without watermark.*\\nwatermark"
                            + " after the aggregation",
                    "append mode emits only final results, and without a watermark no result is final.",
                    "withWatermark comes after the groupBy here, where it is too late: call it before, on the"
                            + " time column of the rows."),
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .*append\\..* aggregations without watermark.*\\nno watermark",
                    "append mode emits only final results, and without a watermark no result is final.",
                    "A total can change with every new row until the watermark passes its window. Call"
                            + " withWatermark on the time column and group by a window of it, or use update mode (emits"
                            + " changes) or complete mode (emits everything)."),
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .*append\\..* aggregations without watermark.*",
                    "append mode emits only final results, and without a watermark no result is final.",
                    "Either there is no withWatermark before the groupBy, or the watermark is lost on the way:"
                            + " the groupBy needs its column itself or a window of it, and a map or"
                            + " flatMapGroupsWithState in between loses it. Update mode (emits changes) and complete mode"
                            + " (emits everything) need none."));

    private static final List<ExplanationRule> MODES = List.of(
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .* complete\\. .* no streaming aggregations",
                    "complete mode needs an aggregation, and this query has none.",
                    "Complete mode emits the whole result each time, which only an aggregation keeps in its state."
                            + " Without a groupBy, use append mode."),
            rule(
                    "STREAMING_OUTPUT_MODE\\.\\w+: .*update\\..* session window",
                    "session windows do not work in update mode.",
                    "A late row may merge two sessions, so no change is ever final. Use append mode: it emits a"
                            + " session once, when the watermark has passed its end."),
            rule(
                    "STREAMING_OUTPUT_MODE\\.UNSUPPORTED_DATASOURCE: .* mode: (\\w+)\\. .* Data Source (\\w+)",
                    "the sink $2 does not take $1 mode.",
                    "Files can only be added: a file sink takes append mode. For changing results use"
                            + " foreachBatch, Delta or Kafka."),
            rule(
                    "STREAMING_OUTPUT_MODE\\.INVALID: Invalid streaming output mode: (\\w+)",
                    "there is no output mode \"$1\".",
                    "A stream has append, update and complete. overwrite and the other save modes belong to"
                            + " write(), for tables."),
            rule(
                    "AnalysisException: Limits are not supported .* in Update output mode",
                    "limit does not work in update mode.",
                    "Use append mode, where it emits the first rows of the stream."),
            rule(
                    "AnalysisException: (\\w+?)(?:Outer|Semi|Anti)? join between two streaming"
                            + " DataFrames/Datasets is not supported in (\\w+) output mode",
                    "an outer join of two streams works in append mode only.",
                    "It emits a row with nulls when no match can arrive any more, so each of its rows is final:"
                            + " append mode emits the same."),
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
                    "an operator with state follows another one, which works in append mode only.",
                    "In update mode the first one emits results that are not final, and the second cannot take back what it has used. Use append mode with a watermark, so that it receives only final results."));

    static final List<ExplanationRule> ALL =
            Stream.of(APPEND, MODES).flatMap(List::stream).toList();

    private OutputModeRules() {}
}
