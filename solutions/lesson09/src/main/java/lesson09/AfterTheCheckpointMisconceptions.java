package lesson09;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers that people really give to {@link AfterTheCheckpoint}. */
class AfterTheCheckpointMisconceptions {

    @Misconception(
            believed = "Read the topic from its beginning. What is in the table already is left out.",
            really =
                    "Nothing is doubled or lost, and all that the topic has is read again, and compared with a table that has all"
                            + " of it. The table says where to go on.",
            concept = "Checkpoints")
    public static class ReadsEverythingAgain extends AfterTheCheckpoint {
        @Override
        public Map<Integer, Long> startingOffsets(Dataset<Row> complete, int partitions) {
            return forAll(partitions, -2L);
        }
    }

    @Misconception(
            believed = "The new query goes on with what comes now: latest.",
            really = "What came between the last batch of the old query and the start of the new one is never read.",
            concept = "Offsets")
    public static class StartsAtTheEnd extends AfterTheCheckpoint {
        @Override
        public Map<Integer, Long> startingOffsets(Dataset<Row> complete, int partitions) {
            return forAll(partitions, -1L);
        }
    }

    @Misconception(
            believed = "The query goes on at the highest offset in the table.",
            really = "A starting offset is the first that is read. The highest one in the table is read again.",
            concept = "Offsets")
    public static class StartsAtTheLastRecord extends AfterTheCheckpoint {
        @Override
        public Map<Integer, Long> startingOffsets(Dataset<Row> complete, int partitions) {
            Map<Integer, Long> next = super.startingOffsets(complete, partitions);
            next.replaceAll((partition, offset) -> offset < 0 ? offset : offset - 1);
            return next;
        }
    }

    @Misconception(
            believed = "The number of rows is the next offset.",
            really =
                    "Only in a topic without gaps. The end of each transaction takes an offset, and compaction and retention remove"
                            + " records.",
            concept = "Offsets")
    public static class CountsRows extends AfterTheCheckpoint {
        @Override
        public Map<Integer, Long> startingOffsets(Dataset<Row> complete, int partitions) {
            Map<Integer, Long> next = super.startingOffsets(complete, partitions);
            next.replaceAll((partition, offset) -> offset < 0
                    ? offset
                    : complete.where(col("partition").equalTo(partition)).count());
            return next;
        }
    }

    @Misconception(
            believed = "The highest offset in the table is where the query was.",
            really =
                    "Each partition counts its own records. A partition with fewer of them is read from beyond its end: Spark refuses"
                            + " that, or goes on later and has lost what is between.",
            concept = "Offsets")
    public static class OneOffsetForAll extends AfterTheCheckpoint {
        @Override
        public Map<Integer, Long> startingOffsets(Dataset<Row> complete, int partitions) {
            Row highest = complete.agg(max("offset")).first();
            return forAll(partitions, highest.isNullAt(0) ? -2 : highest.getLong(0) + 1);
        }
    }

    @Misconception(
            believed = "A partition that the table does not have needs no offset. Spark knows what to do.",
            really = "Spark refuses offsets that are not for all partitions of the topic.",
            concept = "Offsets")
    public static class LeavesPartitionsOut extends AfterTheCheckpoint {
        @Override
        public Map<Integer, Long> startingOffsets(Dataset<Row> complete, int partitions) {
            Map<Integer, Long> next = super.startingOffsets(complete, partitions);
            next.values().removeIf(offset -> offset < 0);
            return next;
        }
    }

    @Misconception(
            believed = "A partition begins with offset 0.",
            really =
                    "Only until retention removes its oldest records. Then offset 0 is gone, and the query fails because it"
                            + " would lose data.",
            concept = "Retention and compaction")
    public static class BeginsWithZero extends AfterTheCheckpoint {
        @Override
        public Map<Integer, Long> startingOffsets(Dataset<Row> complete, int partitions) {
            Map<Integer, Long> next = super.startingOffsets(complete, partitions);
            next.replaceAll((partition, offset) -> Math.max(offset, 0));
            return next;
        }
    }

    @Misconception(
            believed = "What is in the table has been processed, up to the highest offset.",
            really =
                    "A batch of several commits can be there in part, and a record is missing below the highest offset. Only batches"
                            + " before the last one are certainly complete.",
            concept = "Delivery guarantees")
    public static class TrustsTheLastBatch extends AfterTheCheckpoint {
        @Override
        public Dataset<Row> complete(Dataset<Row> table) {
            return table;
        }
    }

    @Misconception(
            believed = "Batches are numbered one by one, so the one before the last has the last number minus one.",
            really =
                    "A batch without a row leaves no number in the table. And a partition that was not in that one batch begins"
                            + " from its oldest record again.",
            concept = "Checkpoints")
    public static class TakesTheBatchBefore extends AfterTheCheckpoint {
        @Override
        public Dataset<Row> complete(Dataset<Row> table) {
            Row last = table.agg(max("batch")).first();
            return table.where(col("batch").equalTo(last.isNullAt(0) ? -1 : last.getLong(0) - 1));
        }
    }

    @Misconception(
            believed = "The new query starts behind the complete batches, so it reads nothing that is in the table.",
            really = "It reads the last batch, of which the table has a part. That part is in the table twice then.",
            concept = "Idempotence")
    public static class AppendsAll extends AfterTheCheckpoint {
        @Override
        public Dataset<Row> missing(Dataset<Row> records, Dataset<Row> table) {
            return records;
        }
    }

    @Misconception(
            believed = "An offset identifies a record.",
            really =
                    "Only within a partition. Each partition has an offset 0, and records of one are taken for those of another.",
            concept = "Offsets")
    public static class ComparesOffsetsOnly extends AfterTheCheckpoint {
        @Override
        public Dataset<Row> missing(Dataset<Row> records, Dataset<Row> table) {
            return records.join(table, records.col("offset").equalTo(table.col("offset")), "left_anti");
        }
    }

    @Misconception(
            believed = "A record whose value is in the table is in the table.",
            really = "Different records can have the same value: two equal payments are two payments.",
            concept = "Deduplication")
    public static class ComparesValues extends AfterTheCheckpoint {
        @Override
        public Dataset<Row> missing(Dataset<Row> records, Dataset<Row> table) {
            return records.join(table, records.col("value").eqNullSafe(table.col("value")), "left_anti");
        }
    }

    private static Map<Integer, Long> forAll(int partitions, long offset) {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            offsets.put(partition, offset);
        }
        return offsets;
    }
}
