package lesson03;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.kit.Payment;

@Checkpoint(EnrichPayments.class)
class EnrichPaymentsCheckpoint {

    private static final StructType TERMINALS =
            StructType.fromDDL("terminal INT, time TIMESTAMP, country STRING, closed BOOLEAN");
    private static final String[] COLUMNS = {"id", "time", "customer", "terminal", "amount", "country", "known"};
    private static final Entry SEVEN = new Entry(7, "08:00", "BE", false);

    /** A row of the table. */
    private record Entry(Integer terminal, Instant time, String country, boolean closed) {
        Entry(Integer terminal, String time, String country, boolean closed) {
            this(terminal, at(time), country, closed);
        }

        Row toRow() {
            return RowFactory.create(terminal, time, country, closed);
        }

        @Override
        public String toString() {
            return String.format(
                    "           %8s  %s  %-7s  %s",
                    terminal, time.atOffset(ZoneOffset.UTC).toLocalTime(), country, closed);
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
        script(table)
                .batch(payment)
                .emits(with(payment, null, false))
                .run(onSpark(payments -> answer.enrich(payments, asDataset(table))));
    }

    @Test
    @Order(3)
    void theNewestOfSeveralEntriesCounts(EnrichPayments answer) {
        List<Entry> table = List.of(
                new Entry(7, "08:00", "NL", false),
                new Entry(7, "11:00", "DE", false),
                new Entry(7, "06:00", "BE", false),
                new Entry(7, "07:00", "PT", false));
        ScriptRow payment = payment(1, 7);
        script(table)
                .batch(payment)
                .emits(with(payment, "DE", true))
                .run(onSpark(payments -> answer.enrich(payments, asDataset(table))));
    }

    @Test
    @Order(4)
    void aTerminalIsNotKnownIfItsNewestEntryIsClosed(EnrichPayments answer) {
        List<Entry> table = List.of(SEVEN, new Entry(7, "11:00", "NL", true));
        ScriptRow payment = payment(1, 7);
        script(table)
                .batch(payment)
                .emits(with(payment, null, false))
                .run(onSpark(payments -> answer.enrich(payments, asDataset(table))));
    }

    @Test
    @Order(5)
    void aTerminalWithoutACountryIsKnown(EnrichPayments answer) {
        List<Entry> table = List.of(new Entry(7, "08:00", null, false));
        ScriptRow payment = payment(1, 7);
        script(table)
                .batch(payment)
                .emits(with(payment, null, true))
                .run(onSpark(payments -> answer.enrich(payments, asDataset(table))));
    }

    @Test
    @Order(6)
    void aPaymentWithoutATerminalIsKeptAndMatchesNothing(EnrichPayments answer) {
        List<Entry> table = List.of(SEVEN, new Entry(null, "08:00", "NL", false));
        ScriptRow payment = payment(1, null);
        script(table)
                .batch(payment)
                .emits(with(payment, null, false))
                .run(onSpark(payments -> answer.enrich(payments, asDataset(table))));
    }

    /** The oracle looks up the terminal of each payment in a list. */
    @Test
    @Order(7)
    void randomPaymentsAndEntriesGiveTheSameResultAsALoop(EnrichPayments answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        List<Entry> table = randomEntries(random);
        List<ScriptRow> payments = IntStream.range(0, 12)
                .mapToObj(i -> payment(100 + i, randomTerminal(random, 7)))
                .toList();
        script(table)
                .title(seed.hint() + "\n\n" + text(table))
                .batch(payments)
                .emits(payments.stream()
                        .map(payment -> lookedUp(payment, table))
                        .toList())
                .run(onSpark(stream -> answer.enrich(stream, asDataset(table))));
    }

    private static Script script(List<Entry> table) {
        return Script.of(Payment.SCHEMA).columns(COLUMNS).title(text(table));
    }

    private static String text(List<Entry> table) {
        return Stream.concat(
                        Stream.of("terminals  terminal  time   country  closed"),
                        table.stream().map(Entry::toString))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Dataset<Row> asDataset(List<Entry> table) {
        return SharedSpark.session()
                .createDataFrame(table.stream().map(Entry::toRow).toList(), TERMINALS);
    }

    private static ScriptRow payment(long id, Integer terminal) {
        return row(id, at("09:00"), 10, terminal, new BigDecimal("12.50"));
    }

    private static ScriptRow with(ScriptRow payment, String country, boolean known) {
        return row(payment.get(0), payment.get(1), payment.get(2), payment.get(3), payment.get(4), country, known);
    }

    /** Twelve entries, an hour apart, in any order; about every third is closed. */
    private static List<Entry> randomEntries(Random random) {
        List<String> countries = Arrays.asList("BE", "NL", "DE", null);
        List<Entry> entries = new ArrayList<>(IntStream.range(0, 12)
                .mapToObj(hour -> new Entry(
                        randomTerminal(random, 5),
                        at("00:00").plusSeconds(3_600L * hour),
                        countries.get(random.nextInt(4)),
                        random.nextInt(3) == 0))
                .toList());
        Collections.shuffle(entries, random);
        return entries;
    }

    /** Returns a number below the bound, or null. */
    private static Integer randomTerminal(Random random, int bound) {
        int terminal = random.nextInt(bound + 1);
        return terminal == bound ? null : terminal;
    }

    private static ScriptRow lookedUp(ScriptRow payment, List<Entry> table) {
        return table.stream()
                .filter(entry -> entry.terminal() != null && entry.terminal().equals(payment.get(3)))
                .max(Comparator.comparing(Entry::time))
                .filter(newest -> !newest.closed())
                .map(newest -> with(payment, newest.country(), true))
                .orElse(with(payment, null, false));
    }
}
