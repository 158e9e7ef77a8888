package workbook.kit.spark.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import workbook.kit.explain.ExplanationRule;

/** The rules for Delta tables. Delta's exceptions have error conditions as Spark's do. */
final class DeltaRules {

    static final List<ExplanationRule> ALL = List.of(
            rule(
                    "DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE: ",
                    "several rows of the source match the same row of the table, and a MERGE applies one only.",
                    "Reduce the source to one row for each key before the merge. max_by(struct(\"*\"), col(\"version\"))"
                            + " keeps the row with the highest version."),
            rule(
                    "DELTA_MERGE_UNRESOLVED_EXPRESSION: Cannot resolve (.+?) in (.+?) given columns (.+)",
                    "the MERGE refers to $1, and there is no such column.",
                    "Its columns are $3"),
            rule(
                    "DELTA_SOURCE_(?:TABLE_IGNORE_CHANGES|IGNORE_DELETE): .* at version (\\d+)",
                    "version $1 of the table updates or deletes rows, and this stream emits added rows only.",
                    "With the option readChangeFeed the stream emits updates and deletions as rows of their own. With"
                            + " skipChangeCommits it leaves such versions out."),
            rule(
                    "DELTA_MISSING_CHANGE_DATA: ",
                    "the change feed is to begin at a version before the table recorded changes.",
                    "The table records them from the commit that sets delta.enableChangeDataFeed. Without"
                            + " startingVersion, the stream begins with the rows of the latest version."),
            rule(
                    "DELTA_METADATA_MISMATCH\\.?\\w*: ",
                    "the rows have other columns than the table.",
                    "Select the table's columns, or let the write add the new ones: option(\"mergeSchema\", true)."),
            rule(
                    "DELTA_FAILED_TO_MERGE_FIELDS: Failed to merge fields '(.+?)' and",
                    "the column `$1` has another type than in the table.",
                    "Cast it to the table's type before the write."),
            rule(
                    "DELTA_PATH_EXISTS: ",
                    "there is something in this folder already, and a write without a mode makes new tables only.",
                    "mode(\"append\") adds the rows to the table, mode(\"overwrite\") replaces those in it."),
            rule(
                    "DELTA_(?:MISSING_DELTA_TABLE|PATH_DOES_NOT_EXIST|TABLE_NOT_FOUND): ",
                    "there is no Delta table in this place.",
                    "The first write that is committed makes it. DeltaTable.isDeltaTable(spark, folder) tells whether"
                            + " it is there."),
            rule(
                    "DELTA_VERSION_NOT_FOUND: .* version (\\d+)\\. Available versions: \\[(\\d+), (\\d+)\\]",
                    "the table has no version $1: it has $2 to $3.",
                    "The number of the latest one is in DESCRIBE HISTORY."),
            rule(
                    "DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT: ",
                    "VACUUM spares the files of the last seven days, and is asked for less.",
                    "Readers and writers may need these files. If there are none, set"
                            + " spark.databricks.delta.retentionDurationCheck.enabled to false, in a session of your own:"
                            + " spark.newSession()."),
            rule(
                    "DELTA_ZORDERING_ON_COLUMN_WITHOUT_STATS: Z-Ordering on \\[?([^\\]\\s]+)\\]? will",
                    "a Z-order by $1 is of no use: the log has no statistics of this column.",
                    "Readers leave out files by their statistics. Name the column in the table's property"
                            + " delta.dataSkippingStatsColumns first."),
            rule(
                    "DELTA_CLUSTERING_WITH_ZORDER_BY: ",
                    "the table has CLUSTER BY, so OPTIMIZE takes no ZORDER BY.",
                    "OPTIMIZE alone orders its rows by those columns."),
            rule(
                    "DELTA_VIOLATE_CONSTRAINT_WITH_VALUES: CHECK constraint (\\S+) (.+?) violated",
                    "a row violates the table's constraint $1: $2",
                    "No row of this write is in the table. Set such rows aside before it."),
            rule(
                    "DELTA_NOT_NULL_CONSTRAINT_VIOLATED: .* column: (\\S+?)\\.?\\s",
                    "the table's column `$1` takes no null, and a row has one.",
                    "No row of this write is in the table. Set such rows aside before it."),
            rule(
                    "DELTA_CONCURRENT_TRANSACTION: ",
                    "two runs of the same query write to the table at the same time.",
                    "Stop one of them: they have the same checkpoint."),
            rule(
                    "DELTA_CONCURRENT_\\w+",
                    "another writer has changed the table since this one read it.",
                    "Nothing of this write is in the table. Read again, and write again."));

    private DeltaRules() {}
}
