package lesson03;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.kit.Payment;

@Checkpoint(EnrichPayments.class)
class EnrichPaymentsCheckpoint {

    private static final String TERMINALS = "terminal INT, time TIMESTAMP, country STRING, closed BOOLEAN";
    private static final String[] COLUMNS = {
        "id BIGINT",
        "time TIMESTAMP",
        "customer INT",
        "terminal INT",
        "amount DECIMAL(10,2)",
        "country STRING",
        "known BOOLEAN"
    };
    private static final Entry SEVEN = new Entry(7, "08:00", "BE", false);

    /** A row of the table. */
    private record Entry(Integer terminal, Instant time, String country, boolean closed) {
        Entry(Integer terminal, String time, String country, boolean closed) {
            this(terminal, at(time), country, closed);
        }

        Row toRow() {
            return RowFactory.create(terminal, time, country, closed);
        }

        static Entry of(ScriptRow row) {
            return new Entry((Integer) row.get(0), row.getInstant(1), row.getString(2), row.getBoolean(3));
        }

        boolean isOf(ScriptRow payment) {
            return terminal != null && terminal.equals(payment.get(3));
        }

        @Override
        public String toString() {
            return String.format("           %8s  %s  %-7s  %s", terminal, time, country, closed);
        }
    }

    @Test
    @Order(1)
    void aPaymentGetsTheCountryOfItsTerminal(EnrichPayments answer) {
        List<Entry> table = List.of(SEVEN, new Entry(8, "08:00", "NL", false));
        ScriptRow first = payment(1, 7);
        ScriptRow second = payment(2, 8);
        script(table)
                .batch(first, second)
                .emits(with(first, "BE", true), with(second, "NL", true))
                .run(onSpark(payments -> answer.enrich(payments, asDataset(table))));
    }

    @Test
    @Order(2)
    void aPaymentWhoseTerminalHasNoEntryIsKeptAndMarked(EnrichPayments answer) {
        List<Entry> table = List.of(SEVEN);
        ScriptRow payment = payment(1, 9);
        ScriptRow refund = row(2, at("09:00"), 10, 9, new BigDecimal("-12.50"));
        ScriptRow withoutAmount = row(3, at("09:00"), null, 9, null);
        script(table)
                .batch(payment, refund, withoutAmount)
                .emits(with(payment, null, false), with(refund, null, false), with(withoutAmount, null, false))
                .run(onSpark(payments -> answer.enrich(payments, asDataset(table))));
    }

    @Test
    @Order(3)
    void theNewestOfSeveralEntriesCounts(EnrichPayments answer) {
        List<Entry> table = List.of(
                new Entry(7, "08:00", "NL", false),
                new Entry(7, "11:00", "DE", false),
                new Entry(7, "06:00", "BE", false),
                new Entry(7, "07:00", "PT", false),
                new Entry(8, "2026-01-01T08:00:00.000001Z", "BE", false),
                new Entry(8, "2026-01-01T08:00:00.000002Z", "NL", false),
                new Entry(8, "2026-01-01T08:00:00Z", "DE", false));
        ScriptRow payment = payment(1, 7);
        ScriptRow other = payment(2, 8);
        script(table)
                .batch(payment, other)
                .emits(with(payment, "DE", true), with(other, "NL", true))
                .run(onSpark(payments -> answer.enrich(payments, asDataset(table))));
    }

    @Test
    @Order(4)
    void aTerminalIsNotKnownIfItsNewestEntryIsClosed(EnrichPayments answer) {
        List<Entry> table = List.of(
                SEVEN,
                new Entry(7, "11:00", "NL", true),
                new Entry(8, "08:00", "NL", true),
                new Entry(8, "11:00", "DE", false));
        ScriptRow atAClosed = payment(1, 7);
        ScriptRow atAReopened = payment(2, 8);
        script(table)
                .batch(atAClosed, atAReopened)
                .emits(with(atAClosed, null, false), with(atAReopened, "DE", true))
                .run(onSpark(payments -> answer.enrich(payments, asDataset(table))));
    }

    @Test
    @Order(5)
    void aTerminalWithoutACountryIsKnown(EnrichPayments answer) {
        List<Entry> table = List.of(
                new Entry(7, "08:00", null, false),
                new Entry(8, "08:00", "NL", false),
                new Entry(8, "11:00", null, false),
                new Entry(9, "08:00", "", false));
        ScriptRow never = payment(1, 7);
        ScriptRow noLonger = payment(2, 8);
        ScriptRow empty = payment(3, 9);
        script(table)
                .batch(never, noLonger, empty)
                .emits(with(never, null, true), with(noLonger, null, true), with(empty, "", true))
                .run(onSpark(payments -> answer.enrich(payments, asDataset(table))));
    }

    @Test
    @Order(6)
    void aPaymentWithoutATerminalIsKeptAndMatchesNothing(EnrichPayments answer) {
        List<Entry> table = List.of(SEVEN, new Entry(null, "08:00", "NL", false));
        ScriptRow payment = payment(1, null);
        script(table)
                .batch(payment, payment)
                .emits(with(payment, null, false), with(payment, null, false))
                .run(onSpark(payments -> answer.enrich(payments, asDataset(table))));
    }

    /** The oracle looks up the terminal of each payment in a list. */
    @Test
    @Order(7)
    void randomPaymentsAndEntriesGiveTheSameResultAsALoop(EnrichPayments answer) {
        Seed seed = Seed.next();
        List<Entry> table = randomEntries(seed.random());
        RandomScript.of(Payment.SCHEMA)
                .seed(seed)
                .columns(COLUMNS)
                .batches(2, 100, RandomRows.of(Payment.SCHEMA))
                .note(payments -> text(entriesOf(payments, table)))
                .run(
                        onSpark(payments -> answer.enrich(payments, asDataset(table))),
                        payments -> payments.stream()
                                .map(payment -> lookedUp(payment, table))
                                .toList());
    }

    private static Script script(List<Entry> table) {
        return Script.of(Payment.SCHEMA).columns(COLUMNS).title(text(table));
    }

    private static String text(List<Entry> table) {
        return Stream.concat(
                        Stream.of("terminals  terminal  time                  country  closed"),
                        table.stream().map(Entry::toString))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Dataset<Row> asDataset(List<Entry> table) {
        return SharedSpark.session()
                .createDataFrame(table.stream().map(Entry::toRow).toList(), StructType.fromDDL(TERMINALS));
    }

    private static ScriptRow payment(long id, Integer terminal) {
        return row(id, at("09:00"), 10, terminal, new BigDecimal("12.50"));
    }

    private static ScriptRow with(ScriptRow payment, String country, boolean known) {
        return row(payment.get(0), payment.get(1), payment.get(2), payment.get(3), payment.get(4), country, known);
    }

    /** Entries of the terminals that payments have; the task excludes two of a terminal with the same time. */
    private static List<Entry> randomEntries(Random random) {
        return RandomRows.of(TERMINALS)
                .notNull("time", "closed")
                .without((row, earlier) ->
                        Objects.equals(row.get(0), earlier.get(0)) && row.get(1).equals(earlier.get(1)))
                .rows(random, 100)
                .stream()
                .map(Entry::of)
                .toList();
    }

    private static List<Entry> entriesOf(List<ScriptRow> payments, List<Entry> table) {
        return table.stream()
                .filter(entry -> payments.stream().anyMatch(entry::isOf))
                .toList();
    }

    private static ScriptRow lookedUp(ScriptRow payment, List<Entry> table) {
        return table.stream()
                .filter(entry -> entry.isOf(payment))
                .max(Comparator.comparing(Entry::time))
                .filter(newest -> !newest.closed())
                .map(newest -> with(payment, newest.country(), true))
                .orElse(with(payment, null, false));
    }
}
