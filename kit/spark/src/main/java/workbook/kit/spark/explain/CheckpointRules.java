package workbook.kit.spark.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import workbook.kit.explain.ExplanationRule;

/** The rules for checkpoints, changed or damaged, and for the names of queries. */
final class CheckpointRules {

    static final List<ExplanationRule> ALL = List.of(
            rule(
                    "STATE_STORE_(?:KEY|VALUE)_SCHEMA_NOT_COMPATIBLE",
                    "the checkpoint has the state of a query with another schema of keys or values.",
                    "A restarted query continues with its old state, so the schema must be the same. Change the query"
                            + " back, or start the new one with a new checkpoint folder."),
            rule(
                    "STREAMING_STATEFUL_OPERATOR_NOT_MATCH_IN_STATE_METADATA: .*in the metadata: \\[(.*?)];"
                            + " .*current batch: \\[(.*?)]",
                    "the checkpoint has the state of other operators than this query.",
                    "In the checkpoint: $1. In this query: $2. (stateStoreSave is an aggregation, dedupe a deduplication.) Change the query back, or start the new one with a"
                            + " new checkpoint folder."),
            rule(
                    "STREAMING_STATEFUL_OPERATOR_MISSING_STATE_DIRECTORY",
                    "the checkpoint has no state, but this query needs one.",
                    "Either its folder state was deleted, or it belongs to a query without state. Use a new"
                            + " checkpoint folder."),
            rule(
                    "AssertionError: assertion failed: There are \\[(\\d+)] sources in the checkpoint offsets and"
                            + " now there are \\[(\\d+)]",
                    "the checkpoint belongs to a query with another number of sources: $1, here $2.",
                    "A checkpoint keeps an offset for each source, in their order. Change the query back, or"
                            + " start the new one with a new checkpoint folder."),
            rule(
                    "STREAMING_CHECKPOINT_MISSING_METADATA_FILE",
                    "the checkpoint is damaged: its file metadata is missing.",
                    "Without it Spark does not know whose checkpoint it is. Restore the file, or use a new"
                            + " checkpoint folder."),
            rule(
                    "(?:NoSuchFile|FileNotFound)Exception: .*/state/\\d+/\\d+/",
                    "the checkpoint is damaged: a file of its state is missing.",
                    "Nobody but the query may delete files of a checkpoint. Restore it, or use a new checkpoint"
                            + " folder."),
            rule(
                    "IllegalStateException: Incomplete log file",
                    "the checkpoint is damaged: one of its files is empty or cut off.",
                    "This happens when the disk was full, or the files were copied while the query ran. Use a new"
                            + " checkpoint folder."),
            rule(
                    "JsonEOFException: .*\\nat com\\.fasterxml",
                    "a JSON text ends in the middle.",
                    "If the query reads its checkpoint here, one of the checkpoint's files is cut off: use a new"
                            + " checkpoint folder."),
            rule(
                    "AssertionError: assertion failed.*\\nat"
                            + " org\\.apache\\.spark\\.sql\\.execution\\.streaming\\.",
                    "the checkpoint does not fit together: files in it are missing.",
                    "Its folders offsets and commits must be complete. Restore them, or use a new checkpoint"
                            + " folder."),
            rule(
                    "CONCURRENT_STREAM_LOG_UPDATE|SparkException: Multiple streaming queries are concurrently"
                            + " using",
                    "two queries use the same checkpoint.",
                    "A checkpoint belongs to one query. Give each its own folder."),
            rule(
                    "AnalysisException: checkpointLocation must be specified",
                    "this sink needs a checkpoint: a folder that keeps the query's offsets and state.",
                    "Add .option(\"checkpointLocation\", \"…\") with a folder that no other query uses."),
            rule(
                    "AnalysisException: This query does not support recovering from checkpoint location",
                    "the memory sink cannot resume from a checkpoint.",
                    "Its table is lost with the program. Leave the checkpoint out, or write to a table or with"
                            + " foreachBatch."),
            rule(
                    "IllegalArgumentException: Cannot start query with name (\\S+)",
                    "a query named $1 is already running.",
                    "Stop it first, or give this query another queryName."),
            rule(
                    "AnalysisException: queryName must be specified for memory sink",
                    "the memory sink needs a name for its table.",
                    "Add .queryName(\"…\")."));

    private CheckpointRules() {}
}
