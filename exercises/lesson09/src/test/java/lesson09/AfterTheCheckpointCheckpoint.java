package lesson09;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static workbook.check.script.Script.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.kafka.KafkaTopic;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Scratch;

/** Three steps run a new query on a real topic; the others call one of the methods. */
@Checkpoint(AfterTheCheckpoint.class)
class AfterTheCheckpointCheckpoint {

    private static final String TABLE = "batch BIGINT, partition INT, offset BIGINT, value STRING";
    private static final String RECORDS = "partition INT, offset BIGINT, value STRING";

    @Test
    @Order(1)
    void anEmptyTableGetsEachRecordOnce(AfterTheCheckpoint answer) {
        query().batch(row("topic", 0, "0 1 2 3"), row("topic", 1, "0 1"))
                .emits(row(0, "0 1 2 3"), row(1, "0 1"))
                .run(new Recovery(answer));
    }

    /** Offset 0 of partition 2 is no longer there. Then the checkpoint is lost a second time. */
    @Test
    @Order(2)
    void theNewQueryGoesOnBehindTheCompleteBatches(AfterTheCheckpoint answer) {
        Recovery recovery = new Recovery(answer);
        query().batch(
                        row("topic", 0, "0 1 2 3 4 5"),
                        row("topic", 1, "0 1 2"),
                        row("topic", 2, "0 1 2"),
                        row("deleted", 2, "0"),
                        row("batch 3", 0, "0 1"),
                        row("batch 3", 1, "0"),
                        row("batch 5", 0, "2"),
                        row("batch 6", 0, "4"),
                        row("batch 6", 1, "1"))
                .emits(row(0, "0 1 2 3 4 5"), row(1, "0 1 2"), row(2, "1 2"))
                .expects("records that are read", 7, recovery::read)
                .batch(row("topic", 0, "6"))
                .emits(row(0, "0 1 2 3 4 5 6"), row(1, "0 1 2"), row(2, "1 2"))
                .run(recovery);
    }

    @Test
    @Order(3)
    void offsetsOfATopicWithTransactionsHaveGaps(AfterTheCheckpoint answer) {
        Recovery recovery = new Recovery(answer);
        query().batch(
                        row("topic, each in a transaction", 0, "0 2 4 6"),
                        row("topic", 1, "0 1"),
                        row("batch 1", 0, "0 2"),
                        row("batch 2", 1, "0"))
                .emits(row(0, "0 2 4 6"), row(1, "0 1"))
                .expects("records that are read", 4, recovery::read)
                .run(recovery);
    }

    @Test
    @Order(4)
    void allBatchesButTheLastAreComplete(AfterTheCheckpoint answer) {
        List<ScriptRow> earlier =
                List.of(row(7L, 0, 0L, "a"), row(7L, 1, 0L, null), row(9L, 0, 1L, "a"), row(9L, 0, 3L, ""));
        Script.of(TABLE)
                .columns(TABLE.split(", "))
                .batch()
                .emitsNothing()
                .batch(row(0L, 0, 0L, "a"))
                .emitsNothing()
                .batch(with(earlier, row(3_000_000_000L, 0, 4L, null), row(3_000_000_000L, 1, 1L, null)))
                .emits(earlier)
                .run(new Call(TABLE, answer::complete));
    }

    @Test
    @Order(5)
    void aPartitionGoesOnBehindItsHighestOffset(AfterTheCheckpoint answer) {
        starts(
                answer,
                3,
                script -> script.batch()
                        .emits(row(0, -2L), row(1, -2L), row(2, -2L))
                        .batch(
                                row(1L, 2, 10L, "a"),
                                row(3L, 2, 3_000_000_000L, "c"),
                                row(2L, 2, 9L, "b"),
                                row(2L, 0, 0L, null))
                        .emits(row(0, 1L), row(1, -2L), row(2, 3_000_000_001L)));
    }

    @Test
    @Order(6)
    void recordsThatTheTableHasAreLeftOutByPartitionAndOffset(AfterTheCheckpoint answer) {
        SparkSession spark = SharedSpark.session();
        Dataset<Row> table = table(
                spark, List.of(row(5L, 0, 1L, "same"), row(6L, 1, 2L, "other"), row(6L, 1, 3_000_000_000L, null)));
        Script.of(RECORDS)
                .columns(RECORDS.split(", "))
                .batch()
                .emitsNothing()
                .batch(
                        row(0, 1L, "same"),
                        row(0, 2L, "same"),
                        row(1, 1L, "same"),
                        row(1, 2L, "mended"),
                        row(1, 3_000_000_000L, null),
                        row(2, 3_000_000_000L, null),
                        row(0, 3L, null))
                .emits(row(0, 2L, "same"), row(1, 1L, "same"), row(2, 3_000_000_000L, null), row(0, 3L, null))
                .run(new Call(RECORDS, records -> answer.missing(records, table)));
    }

    @Test
    @Order(7)
    void randomTablesWithManyPartitionsGoOnWhereALoopSays(AfterTheCheckpoint answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        int partitions = 4 + random.nextInt(5);
        List<ScriptRow> table = randomTable(random, partitions);
        Map<Integer, Long> next = new TreeMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            next.put(partition, -2L);
        }
        table.forEach(row -> next.merge((Integer) row.get(1), row.getLong(2) + 1, Math::max));
        starts(
                answer,
                partitions,
                script -> script.title(seed.hint())
                        .batch(table)
                        .emits(next.entrySet().stream()
                                .map(start -> row(start.getKey(), start.getValue()))
                                .toList()));
        long last = table.stream().mapToLong(row -> row.getLong(0)).max().orElse(0);
        Script.of(TABLE)
                .title(seed.hint())
                .columns(TABLE.split(", "))
                .batch(table)
                .emits(table.stream().filter(row -> row.getLong(0) < last).toList())
                .run(new Call(TABLE, answer::complete));
    }

    /** Each offset is there once, and some partitions have none. */
    private static List<ScriptRow> randomTable(Random random, int partitions) {
        List<ScriptRow> rows = new ArrayList<>();
        Set<List<Object>> known = new HashSet<>();
        while (rows.size() < 100) {
            int partition = random.nextInt(partitions);
            long offset = random.nextInt(100) * (random.nextInt(10) == 0 ? 1_000_000_000_000L : 1L);
            if (partition != partitions / 2 && known.add(List.of(partition, offset))) {
                rows.add(row(random.nextInt(5) * 10L, partition, offset, random.nextBoolean() ? null : "a"));
            }
        }
        return rows;
    }

    private static void starts(AfterTheCheckpoint answer, int partitions, Function<Script, Script> cases) {
        String columns = "partition INT, next BIGINT";
        cases.apply(Script.of(TABLE).columns(columns.split(", "))).run(new Call(TABLE, table -> {
            List<ScriptRow> next = new ArrayList<>();
            answer.startingOffsets(table, partitions).forEach((partition, offset) -> next.add(row(partition, offset)));
            return table.sparkSession().createDataFrame(SparkRows.toSpark(next), StructType.fromDDL(columns));
        }));
    }

    private static List<ScriptRow> with(List<ScriptRow> rows, ScriptRow... others) {
        List<ScriptRow> all = new ArrayList<>(Arrays.asList(others));
        all.addAll(rows);
        return all;
    }

    private static Dataset<Row> table(SparkSession spark, List<ScriptRow> rows) {
        return spark.createDataFrame(SparkRows.toSpark(rows), StructType.fromDDL(TABLE));
    }

    private static Script query() {
        return Script.of("what STRING, partition INT, offsets STRING").columns("partition INT", "offsets STRING");
    }

    /** Calls a method with the rows of each batch; the output is what it returns. */
    private static final class Call implements Job {

        private final StructType schema;
        private final Function<Dataset<Row>, Dataset<Row>> method;
        private Dataset<Row> input;
        private List<ScriptRow> output;

        Call(String schema, Function<Dataset<Row>, Dataset<Row>> method) {
            this.schema = StructType.fromDDL(schema);
            this.method = method;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            input = SharedSpark.session().createDataFrame(SparkRows.toSpark(rows), schema);
        }

        @Override
        public void run() {
            output = SparkRows.fromSpark(method.apply(input).collectAsList());
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }

    /**
     * A topic of three partitions, a table, and for each batch of the script a new query with a new checkpoint. The output are
     * the offsets in the table, by partition.
     */
    private static final class Recovery implements Job {

        private static final int PARTITIONS = 3;

        private final KafkaTopic topic = KafkaTopic.create(PARTITIONS);
        private final List<ScriptRow> table = new ArrayList<>();
        private final AfterTheCheckpoint answer;
        private int read;

        Recovery(AfterTheCheckpoint answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            for (ScriptRow row : rows) {
                add(row.getString(0), (Integer) row.get(1), row.getString(2).split(" "));
            }
        }

        @SuppressWarnings("unchecked")
        private void add(String what, int partition, String... offsets) {
            ProducerRecord<String, String>[] records = IntStream.range(0, offsets.length)
                    .mapToObj(i -> topic.record(partition, null, "a payment", Script.at("09:00")))
                    .toArray(ProducerRecord[]::new);
            if (what.equals("topic")) {
                topic.send(records);
            } else if (what.equals("topic, each in a transaction")) {
                Arrays.stream(records).forEach(topic::sendAndCommit);
            } else if (what.equals("deleted")) {
                topic.deleteBefore(partition, Long.parseLong(offsets[offsets.length - 1]) + 1);
            } else {
                long batch = Long.parseLong(what.replace("batch ", ""));
                for (String offset : offsets) {
                    table.add(row(batch, partition, Long.parseLong(offset), "a payment"));
                }
            }
        }

        @Override
        public void run() throws Exception {
            read = 0;
            SparkSession spark = SharedSpark.session();
            long first =
                    1 + table.stream().mapToLong(row -> row.getLong(0)).max().orElse(0);
            VoidFunction2<Dataset<Row>, Long> append = (records, number) -> append(records, first + number);
            StreamingQuery query = spark.readStream()
                    .format("kafka")
                    .option("kafka.bootstrap.servers", topic.servers())
                    .option("subscribe", topic.name())
                    .option(
                            "startingOffsets",
                            json(answer.startingOffsets(answer.complete(table(spark, table)), PARTITIONS)))
                    .load()
                    .select(col("partition"), col("offset"), col("value").cast("string"))
                    .writeStream()
                    .option("checkpointLocation", Scratch.folder("checkpoint-").toString())
                    .trigger(Trigger.AvailableNow())
                    .foreachBatch(append)
                    .start();
            try {
                query.processAllAvailable();
            } finally {
                query.stop();
            }
        }

        private void append(Dataset<Row> records, long batch) {
            read += (int) records.count();
            List<ScriptRow> missing = SparkRows.fromSpark(answer.missing(records, table(records.sparkSession(), table))
                    .select("partition", "offset", "value")
                    .collectAsList());
            missing.forEach(row -> table.add(row(batch, row.get(0), row.get(1), row.get(2))));
        }

        private String json(Map<Integer, Long> offsets) {
            return offsets.entrySet().stream()
                    .map(offset -> "\"" + offset.getKey() + "\":" + offset.getValue())
                    .collect(joining(",", "{\"" + topic.name() + "\":{", "}}"));
        }

        int read() {
            return read;
        }

        @Override
        public List<ScriptRow> output() {
            Map<Integer, List<Long>> offsets = new TreeMap<>();
            table.forEach(row -> offsets.computeIfAbsent((Integer) row.get(1), none -> new ArrayList<>())
                    .add(row.getLong(2)));
            return offsets.entrySet().stream()
                    .map(partition -> row(
                            partition.getKey(),
                            partition.getValue().stream()
                                    .sorted()
                                    .map(String::valueOf)
                                    .collect(joining(" "))))
                    .toList();
        }
    }
}
