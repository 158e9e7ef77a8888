package workbook.kit.spark.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;
import workbook.kit.explain.ExplanationRule;

/** The rules for sources and sinks: Kafka and files. */
final class SourceRules {

    private static final List<ExplanationRule> KAFKA = List.of(
            rule(
                    "KAFKA_DATA_LOSS\\.PARTITION_OFFSET_CHANGED: .*Partition (\\S+) offset was changed from"
                            + " (\\d+) to (\\d+)",
                    "the query is to continue at offset $2 of $1, but the partition ends at $3.",
                    "Either startingOffsets lies beyond the end, or the topic was deleted and created again."
                            + " Correct the offset, or use a new checkpoint folder for the new topic."),
            rule(
                    "KAFKA_DATA_LOSS\\.COULD_NOT_READ_OFFSET_RANGE: .*offset \\[(\\d+), (\\d+)\\) for topic"
                            + " partition (\\S+)",
                    "records that the query has not read yet are gone: of $3, from offset $1 on.",
                    "Retention or deleteRecords has removed them. Keep records longer than the query may be down."
                            + " With failOnDataLoss=false Spark goes on without them and does not report it again."),
            rule(
                    "KAFKA_DATA_LOSS\\.PARTITIONS_DELETED\\w*: .*Partitions (?:Set)?\\(?(\\S+?)\\)? have been"
                            + " deleted",
                    "the checkpoint has offsets of $1, which the query no longer reads.",
                    "Either the topic was deleted, or `subscribe` was changed. A query with other topics needs a"
                            + " new checkpoint folder."),
            rule(
                    "KAFKA_DATA_LOSS",
                    "records that the query has not read yet are gone.",
                    "Retention has removed them, or the topic was deleted. With failOnDataLoss=false Spark goes"
                            + " on without them and does not report it again."),
            rule(
                    "RESOLVED_START_OFFSET_GREATER_THAN_END_OFFSET: .*start offset (\\d+) .* end offset (\\d+)"
                            + " for topic (\\S+) partition (\\d+)",
                    "the start, offset $1 of partition $4 of \"$3\", is after the end, offset $2.",
                    "Correct startingOffsets, or start at earliest."),
            rule(
                    "(?:AssertionError: assertion failed: If startingOffsets contains specific"
                            + " offsets|KAFKA_START_OFFSET_DOES_NOT_MATCH_ASSIGNED: ).*Specified: (?:Set)?\\(?(.*?)\\)?"
                            + " Assigned: (?:Set)?\\(?([^)\\n]*)",
                    "startingOffsets must name every partition: it names $1, and there are $2.",
                    "Write -2 for earliest and -1 for latest."),
            rule(
                    "IllegalArgumentException: Option 'kafka.bootstrap.servers' must be specified",
                    "the Kafka source or sink has no broker address.",
                    "Add .option(\"kafka.bootstrap.servers\", …). Spark passes options that begin with \"kafka.\" to"
                            + " Kafka's clients."),
            rule(
                    "IllegalArgumentException: One of the following options must be specified for Kafka source",
                    "the Kafka source has no topic to read.",
                    "Add .option(\"subscribe\", \"…\")."),
            rule(
                    "IllegalArgumentException: Only one of the following options can be specified for Kafka"
                            + " source",
                    "the Kafka source has two ways to choose its topics.",
                    "Keep one of subscribe, subscribePattern and assign."),
            rule(
                    "IllegalArgumentException: starting offset can't be latest for batch queries",
                    "a batch query that starts at the latest offset is always empty.",
                    "Only a stream can start there. Start a batch query at earliest, or at a startingTimestamp."),
            rule(
                    "IllegalArgumentException: No offset matched from request of topic-partition",
                    "a partition of the topic has no record at or after startingTimestamp.",
                    "Either the partition is idle or the time is wrong. To read nothing from such a partition, set"
                            + " startingOffsetsByTimestampStrategy to latest."),
            rule(
                    "IllegalArgumentException: Expected a single long value, got (\\S+)",
                    "the Kafka source cannot read \"$1\" as a timestamp.",
                    "It takes milliseconds since 1970: Instant.toEpochMilli()."),
            rule(
                    "IllegalArgumentException: Expected e\\.g\\. \\{.*?}}, got ([^\\n]+)",
                    "the Kafka source cannot read this as offsets: $1.",
                    "startingOffsets takes earliest, latest, or an offset for each partition:"
                            + " {\"payments\":{\"0\":12,\"1\":-2}}. If this text comes from a checkpoint, that belongs to a"
                            + " query with another source."),
            rule(
                    "IllegalArgumentException: ending offset not valid in streaming queries",
                    "endingOffsets is for tables: a stream has no end.",
                    "Remove it. To stop at what is there now, use Trigger.AvailableNow()."),
            rule(
                    "IllegalArgumentException: Kafka option 'auto\\.offset\\.reset' is not supported",
                    "the Kafka source does not take kafka.auto.offset.reset.",
                    "Use .option(\"startingOffsets\", \"earliest\"). It applies to the first start only; after"
                            + " that the checkpoint decides."),
            rule(
                    "IllegalArgumentException: Kafka option '((?:key|value)\\.deserializer)'",
                    "the Kafka source does not take kafka.$1: it reads bytes.",
                    "Convert them in the query: CAST(value AS STRING), or from_json of that."),
            rule(
                    "IllegalArgumentException: Kafka option '(\\S+)' is not supported",
                    "the Kafka source does not take kafka.$1.",
                    "Spark itself decides what is read and keeps the offsets in its checkpoint. Remove the"
                            + " option."),
            rule(
                    "IllegalArgumentException: requirement failed: Kafka source has a fixed schema",
                    "the Kafka source has its own columns, so it takes no schema(…).",
                    "The columns are key, value, topic, partition, offset, timestamp and timestampType. Parse the"
                            + " value with from_json(CAST(value AS STRING), …)."),
            rule(
                    "UNRESOLVED_COLUMN\\.WITH_SUGGESTION: .* name `headers` .*, kafka, ",
                    "the Kafka source has no column `headers` unless you ask for it.",
                    "Add .option(\"includeHeaders\", \"true\")."),
            rule(
                    "AnalysisException: (key|value) attribute unsupported type (\\w+)",
                    "the Kafka sink takes STRING or BINARY, but the column `$1` has the type $2.",
                    "Cast it: CAST($1 AS STRING). Or write several columns as one text: to_json(struct(…)) AS $1."),
            rule(
                    "AnalysisException: headers attribute unsupported type",
                    "the Kafka sink takes headers as an array of structs, and this column has another type.",
                    "Build it so: array(struct(lit(\"source\").as(\"key\"), lit(\"till\").cast(\"binary\").as(\"value\")))."),
            rule(
                    "AnalysisException: (\\w+) attribute unsupported type (\\w+)\\. \\w+ must be a\\(n\\) (\\w+)",
                    "the Kafka sink's column `$1` must be $3, but has the type $2.",
                    "Cast it, or give your column another name: key, value, topic, partition and headers are the sink's."),
            rule(
                    "AnalysisException: Required attribute 'value' not found",
                    "the Kafka sink needs a column named `value`, and there is none.",
                    "Write the record's content into one text column: to_json(struct(…)) AS value. A column `key` is"
                            + " optional."),
            rule(
                    "AnalysisException: topic option required",
                    "the Kafka sink has no topic to write to.",
                    "Add .option(\"topic\", \"…\"), or a column `topic` with the topic of each row."),
            rule(
                    "KAFKA_NULL_TOPIC_IN_DATA",
                    "a row for the Kafka sink has null in its column `topic`.",
                    "Fill the column, or name one topic for all rows: .option(\"topic\", \"…\")."));

    private static final List<ExplanationRule> FILES = List.of(
            rule(
                    "SparkIllegalArgumentException: Schema must be specified when creating a streaming source",
                    "a stream of files needs a schema: Spark does not infer it, because more files may arrive.",
                    "Set it with .schema(…) before .json(…) or .load(…)."),
            rule(
                    "UNABLE_TO_INFER_SCHEMA",
                    "there is no file to read in this folder, so Spark cannot infer the schema.",
                    "Spark reads the files in a folder and in subfolders named column=value, such as batch=7, not in"
                            + " others."),
            rule(
                    "PATH_NOT_FOUND: Path does not exist: \\S*?([^/\\s]+?)\\.?(?:\\s|$)",
                    "there is no folder or file $1.",
                    "Check the path. A stream of files needs its folder before it starts."),
            rule(
                    "PATH_ALREADY_EXISTS: Path \\S*?([^/\\s]+) already exists",
                    "the folder $1 already exists, and the default mode then fails.",
                    "mode(\"overwrite\") replaces its content, mode(\"append\") adds to it."),
            rule(
                    "FileNotFoundException: File `?\\S*?([^/`\\s]+)`? does not exist",
                    "the file $1 is gone.",
                    "Spark lists files first and reads them later: nobody may move or delete them before their"
                            + " batch is committed. option(\"cleanSource\", …) lets Spark itself do that."),
            rule(
                    "DATA_SOURCE_NOT_FOUND: Failed to find the data source: (\\S+?)\\. ",
                    "there is no source or sink named \"$1\".",
                    "Check its name. Common ones: kafka, parquet, json, csv, delta, rate, console, memory."),
            rule(
                    "AnalysisException: Continuous processing does not support (\\w+)",
                    "Trigger.Continuous does not support this query or its source.",
                    "It is experimental, and takes maps and filters of Kafka or rate only. Use"
                            + " Trigger.ProcessingTime, or real-time mode."));

    static final List<ExplanationRule> ALL =
            Stream.of(KAFKA, FILES).flatMap(List::stream).toList();

    private SourceRules() {}
}
