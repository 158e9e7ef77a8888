package lesson08;

import static workbook.check.script.Script.row;

import io.delta.kernel.expressions.And;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.kit.Payment;
import workbook.kit.Scratch;
import workbook.kit.delta.Commit;
import workbook.kit.delta.KernelTable;

/** Delta Kernel says from the statistics in the log which files a filter opens, without a query. */
@Checkpoint(ReadLess.class)
class ReadLessCheckpoint {

    private static final int FILES = 60;
    private static final int OPENED_AT_MOST = 7;
    private static final String FEW = "7 at most";
    private static final String OF_THE_SESSION = "536870912";

    /** Made once: it takes longer than a step. */
    private static Table fixed;

    @Test
    @Order(1)
    void threeFiltersOpenFewFiles(ReadLess answer) throws IOException {
        layOut(answer, fixed().copy(), Script.of("table STRING"));
    }

    @Test
    @Order(2)
    void aStreamGetsOnlyWhatIsInserted(ReadLess answer) throws IOException {
        Table table = fixed().copy();
        Script.of("what STRING")
                .columns("run STRING", "rows BIGINT")
                .batch(row("the stream, the layout, the stream"))
                .emits(row("before the layout", 1200), row("after it", 0))
                .batch(row("an insert of two payments, the stream"))
                .emits(row("before the layout", 1200), row("after it", 0), row("after an insert", 2))
                .run(new StreamJob(answer, table));
    }

    @Test
    @Order(3)
    void threeFiltersOpenFewFilesOfARandomTable(ReadLess answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Instant begin = Instant.parse("2026-03-01T00:00:00Z").plus(random.nextInt(200), ChronoUnit.DAYS);
        Table table = Table.create(random, begin, 900 + random.nextInt(1000));
        layOut(answer, table, Script.of("table STRING").title(seed.hint()));
    }

    private static synchronized Table fixed() {
        if (fixed == null) {
            fixed = Table.create(new Random(8), Instant.parse("2026-01-01T00:00:00Z"), 1200);
        }
        return fixed;
    }

    private static void layOut(ReadLess answer, Table table, Script script) {
        List<Row> before = table.rows();
        LayOutJob job = new LayOutJob(answer, table);
        script.columns("filter STRING", "files STRING")
                .batch(row(before.size() + " payments in " + FILES + " files"))
                .emits(row("six hours", FEW), row("a customer", FEW), row("an id", FEW))
                .expects("rows of the largest file", "a tenth at most", () -> largest(table))
                .expects("rows that are missing", 0, () -> without(before, table.rows()))
                .expects("rows that are new", 0, () -> without(table.rows(), before))
                .expects(
                        "columns",
                        Table.COLUMNS.toDDL(),
                        () -> table.latest().schema().toDDL())
                .expects("files without statistics of customer", 0L, table::filesWithoutStatistics)
                .expects("the session's optimize.maxFileSize", OF_THE_SESSION, job::sizeOfFiles)
                .run(job);
    }

    private static String largest(Table table) {
        int all = table.rows().size();
        int largest = table.latest().rowsByFile().values().stream()
                .mapToInt(List::size)
                .max()
                .orElse(0);
        int files = table.latest().files().size();
        return largest * 10 <= all ? "a tenth at most" : largest + " of " + all + ", in " + files + " files";
    }

    private static int without(List<Row> rows, List<Row> others) {
        List<Row> rest = new ArrayList<>(rows);
        rest.removeAll(new HashSet<>(others));
        return rest.size();
    }

    /** A table as a stream of payments leaves it. */
    private record Table(Path folder) {

        static final StructType COLUMNS = StructType.fromDDL(Payment.SCHEMA);

        static Table create(Random random, Instant begin, int payments) {
            Path folder = Scratch.folder("payments-").resolve("table");
            SparkSession spark = SharedSpark.session();
            spark.sql("CREATE TABLE delta.`" + folder + "` (" + Payment.SCHEMA + ") USING delta"
                    + " TBLPROPERTIES (delta.dataSkippingNumIndexedCols = 2)");
            spark.createDataFrame(payments(random, begin, payments), COLUMNS)
                    .coalesce(1)
                    .write()
                    .format("delta")
                    .mode("append")
                    .option("maxRecordsPerFile", payments / FILES)
                    .save(folder.toString());
            return new Table(folder);
        }

        /** Eight days of payments. */
        private static List<Row> payments(Random random, Instant begin, int payments) {
            int every = (int) ChronoUnit.DAYS.getDuration().toSeconds() * 8 / payments;
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < payments; i++) {
                rows.add(RowFactory.create(
                        i + 1L,
                        begin.plusSeconds((long) i * every + random.nextInt(every))
                                .plusNanos(i * 1_000L),
                        i == 0
                                ? (Integer) 2_000_000_000
                                : random.nextInt(30) == 0 ? null : (Integer) (1 + random.nextInt(100_000)),
                        random.nextInt(50),
                        BigDecimal.valueOf(random.nextInt(100_000), 2)));
            }
            Row first = rows.get(0); // the second payment is equal but for its id
            rows.set(1, RowFactory.create(2L, first.get(1), first.get(2), first.get(3), first.get(4)));
            return rows;
        }

        Table copy() throws IOException {
            Path copy = Scratch.folder("payments-").resolve("table");
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(folder.relativize(file).toString()));
                }
            }
            return new Table(copy);
        }

        KernelTable latest() {
            return KernelTable.latest(folder);
        }

        List<Row> rows() {
            return latest().rows();
        }

        /** The files of the latest version whose entry in the log says nothing about the customers in them. */
        long filesWithoutStatistics() {
            List<Path> latest = latest().files();
            return Commit.of(folder).stream()
                    .flatMap(commit -> commit.actions("add"))
                    .filter(file ->
                            latest.contains(folder.resolve(file.path("path").asText())))
                    .filter(file -> !file.path("stats").asText().contains("\"customer\""))
                    .count();
        }
    }

    /** Calls the answer; the output is how many files each filter opens then, on average over twenty payments. */
    private static final class LayOutJob implements Job {

        /** Of this step only, so that its settings concern no other. */
        private final SparkSession session = SharedSpark.session().newSession();

        private final ReadLess answer;
        private final Table table;
        private final List<Row> sample;

        LayOutJob(ReadLess answer, Table table) {
            session.conf().set("spark.databricks.delta.optimize.maxFileSize", OF_THE_SESSION);
            this.answer = answer;
            this.table = table;
            this.sample = table.rows().stream()
                    .filter(payment -> payment.getAs("customer") != null)
                    .sorted(Comparator.comparing(payment -> payment.<BigDecimal>getAs("amount")))
                    .limit(20)
                    .toList();
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            // The table is there.
        }

        @Override
        public void run() {
            SparkSession.setActiveSession(session);
            try {
                answer.layOut(session, table.folder().toString());
            } finally {
                SparkSession.setActiveSession(SharedSpark.session());
            }
        }

        @Override
        public List<ScriptRow> output() {
            return List.of(
                    row("six hours", opened(payment -> sixHours(payment.getAs("time")))),
                    row("a customer", opened(payment -> is("customer", Literal.ofInt(payment.getAs("customer"))))),
                    row("an id", opened(payment -> is("id", Literal.ofLong(payment.getAs("id"))))));
        }

        String sizeOfFiles() {
            return session.conf().get("spark.databricks.delta.optimize.maxFileSize");
        }

        private String opened(Function<Row, Predicate> filter) {
            KernelTable latest = table.latest();
            double files = sample.stream()
                    .mapToInt(payment -> latest.files(filter.apply(payment)).size())
                    .average()
                    .orElse(0);
            return files <= OPENED_AT_MOST ? FEW : String.format(Locale.ROOT, "%.1f", files);
        }

        private static Predicate sixHours(Instant begin) {
            return new And(
                    new Predicate(">=", new Column("time"), micros(begin)),
                    new Predicate("<", new Column("time"), micros(begin.plus(6, ChronoUnit.HOURS))));
        }

        private static Literal micros(Instant time) {
            return Literal.ofTimestamp(ChronoUnit.MICROS.between(Instant.EPOCH, time));
        }

        private static Predicate is(String column, Literal value) {
            return new Predicate("=", new Column(column), value);
        }
    }

    /** A stream reads the table, the answer lays it out, and the stream goes on; the output is how many rows it has got. */
    private static final class StreamJob implements Job {

        private final Path checkpoint = Scratch.folder("checkpoint-");
        private final List<ScriptRow> runs = new ArrayList<>();
        private final ReadLess answer;
        private final Table table;

        StreamJob(ReadLess answer, Table table) {
            this.answer = answer;
            this.table = table;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            if (!runs.isEmpty()) {
                SharedSpark.session()
                        .createDataFrame(
                                Table.payments(new Random(9), Instant.parse("2026-01-09T00:00:00Z"), 2), Table.COLUMNS)
                        .coalesce(1)
                        .write()
                        .format("delta")
                        .mode("append")
                        .save(table.folder().toString());
            }
        }

        @Override
        public void run() throws Exception {
            if (runs.isEmpty()) {
                readTheStream("before the layout");
                answer.layOut(SharedSpark.session().newSession(), table.folder().toString());
                readTheStream("after it");
            } else {
                readTheStream("after an insert");
            }
        }

        private void readTheStream(String run) throws Exception {
            List<Long> batches = new ArrayList<>();
            VoidFunction2<Dataset<Row>, Long> count = (batch, number) -> batches.add(batch.count());
            StreamingQuery query = SharedSpark.session()
                    .readStream()
                    .format("delta")
                    .load(table.folder().toString())
                    .writeStream()
                    .option("checkpointLocation", checkpoint.toString())
                    .trigger(Trigger.AvailableNow())
                    .foreachBatch(count)
                    .start();
            try {
                query.processAllAvailable();
            } finally {
                query.stop();
            }
            runs.add(row(run, batches.stream().mapToLong(Long::longValue).sum()));
        }

        @Override
        public List<ScriptRow> output() {
            return List.copyOf(runs);
        }
    }
}
