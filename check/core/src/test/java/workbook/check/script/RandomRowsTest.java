package workbook.check.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import workbook.kit.Payment;

class RandomRowsTest {

    private static final int ID = 0;
    private static final int CUSTOMER = 2;
    private static final int AMOUNT = 4;

    @Test
    void eachSpecialValueOccurs() {
        forEachSeed(RandomRows.of(Payment.SCHEMA).near("amount", "100.00"), rows -> {
            assertThat(column(rows, AMOUNT))
                    .contains(null, amount("0.00"), amount("0.01"), amount("-0.01"))
                    .contains(amount("99999999.99"), amount("-99999999.99"))
                    .contains(amount("100.00"), amount("99.99"), amount("100.01"), amount("-100.00"));
            assertThat(column(rows, CUSTOMER)).contains(null, 0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE);
            assertThat(column(rows, ID)).contains(null, 0L, Long.MIN_VALUE, Long.MAX_VALUE);
        });
    }

    @Test
    void rowsAreConvertedToThoseOfAnotherSchema() {
        forEachSeed(
                RandomRows.of("name STRING").converted((random, row) -> ScriptRow.of(random.nextInt(3), row.get(0))),
                rows -> assertThat(column(rows, 1)).contains(null, "", "zürich"));
    }

    @Test
    void stringsAreEmptyBlankAndWithUmlauts() {
        forEachSeed(
                RandomRows.of("name STRING"),
                rows -> assertThat(column(rows, 0)).contains(null, "", " ", "Zürich", "ZÜRICH", "zürich"));
    }

    @Test
    void timesAreInTheRangeOfTheirBatchAndOnItsBounds() {
        RandomRows generator = RandomRows.of("time TIMESTAMP")
                .notNull()
                .on(LocalDate.parse("2026-02-28"))
                .times("22:30", Duration.ofMinutes(50), Duration.ofMinutes(20));
        List<List<ScriptRow>> batches = generator.batches(new Random(1), 4, 30);
        for (int batch = 0; batch < 4; batch++) {
            Instant from = Instant.parse("2026-02-28T22:30:00Z").plus(Duration.ofMinutes(20L * batch));
            assertThat(times(batches.get(batch)))
                    .allSatisfy(time -> assertThat(time).isBetween(from, from.plus(Duration.ofMinutes(50))));
        }
        assertThat(times(batches.stream().flatMap(List::stream).toList()))
                .contains(Instant.parse("2026-02-28T22:30:00Z"))
                .contains(Instant.parse("2026-02-28T22:59:59.999999Z"))
                .contains(Instant.parse("2026-02-28T23:00:00Z"))
                .contains(Instant.parse("2026-03-01T00:00:00Z"))
                .contains(Instant.parse("2026-03-01T00:00:00.000001Z"));
    }

    @Test
    void someRowsHaveTheSameKeyAndSomeAKeyOfTheirOwn() {
        forEachSeed(RandomRows.of(Payment.SCHEMA), rows -> {
            var sizes = column(rows, CUSTOMER).stream()
                    .filter(customer -> customer != null)
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            assertThat(sizes.get(7)).isGreaterThan(50);
            assertThat(sizes.values().stream().filter(size -> size == 1).count())
                    .isGreaterThan(20);
        });
    }

    @Test
    void someRowsAreCopiesUnlessTheyAreExcluded() {
        forEachSeed(
                RandomRows.of(Payment.SCHEMA),
                rows -> assertThat(new HashSet<>(rows)).hasSizeBetween(200, 295));
        forEachSeed(
                RandomRows.of(Payment.SCHEMA).unique("id"),
                rows -> assertThat(column(rows, ID)).doesNotHaveDuplicates());
    }

    @Test
    void aTaskCanExcludeNullsAndLimitNumbers() {
        RandomRows generator = RandomRows.of(Payment.SCHEMA)
                .notNull()
                .between("amount", "0.01", "999.99")
                .oneOf("terminal", 1, 2, 3);
        forEachSeed(generator, rows -> {
            assertThat(rows).noneMatch(row -> row.values().contains(null));
            assertThat(rows)
                    .extracting(row -> row.getDecimal(AMOUNT))
                    .contains(amount("0.01"), amount("999.99"))
                    .allMatch(amount -> amount.signum() > 0 && amount.compareTo(amount("999.99")) <= 0);
            assertThat(column(rows, 3)).containsOnly(1, 2, 3);
        });
    }

    @Test
    void rowsAreExactlyAGapApart() {
        RandomRows generator = RandomRows.of("customer INT, time TIMESTAMP")
                .notNull()
                .times("09:00", Duration.ofHours(5))
                .apart(Duration.ofMinutes(30));
        forEachSeed(
                generator,
                rows -> assertThat(rows)
                        .anyMatch(row -> rows.contains(
                                ScriptRow.of(row.get(0), row.getInstant(1).plus(Duration.ofMinutes(30))))));
    }

    @Test
    void rowsThatTheTaskExcludesAfterAnEarlierOneAreOmitted() {
        RandomRows generator = RandomRows.of("customer INT, time TIMESTAMP")
                .notNull()
                .without((row, earlier) -> row.get(0).equals(earlier.get(0)));
        forEachSeed(
                generator,
                rows -> assertThat(column(rows, 0)).doesNotHaveDuplicates().contains(7));
    }

    @Test
    void aTypeWithoutRandomValuesNeedsValues() {
        RandomRows generator = RandomRows.of("tags ARRAY<STRING>").notNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.rows(new Random(1), 1))
                .withMessage("The column tags has the type ARRAY<STRING>. State its values with oneOf(\"tags\", …).");
    }

    @Test
    void theSameSeedGeneratesTheSameRows() {
        RandomRows generator = RandomRows.of(Payment.SCHEMA).unique("id");
        assertThat(generator.batches(new Random(5), 3, 50))
                .isEqualTo(generator.batches(new Random(5), 3, 50))
                .isNotEqualTo(generator.batches(new Random(6), 3, 50));
    }

    /** Checks three batches of 100 rows, for 50 seeds. */
    private static void forEachSeed(RandomRows generator, Consumer<List<ScriptRow>> check) {
        LongStream.range(0, 50)
                .mapToObj(seed -> generator.batches(new Random(seed), 3, 100).stream()
                        .flatMap(List::stream)
                        .toList())
                .forEach(check);
    }

    private static List<Object> column(Collection<ScriptRow> rows, int column) {
        return rows.stream().map(row -> row.get(column)).collect(Collectors.toList());
    }

    private static List<Instant> times(List<ScriptRow> rows) {
        return rows.stream().map(row -> row.getInstant(0)).toList();
    }

    private static BigDecimal amount(String amount) {
        return new BigDecimal(amount);
    }
}
