package lesson09;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.foreachBatch;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewProcess;
import workbook.check.delta.TestTable;
import workbook.check.script.RandomRows;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.kit.Scratch;

/** The output is what the two tables have, read without Spark. */
@Checkpoint(TwoTablesOneBatch.class)
class TwoTablesOneBatchCheckpoint {

    private static final String SCHEMA = "id STRING, customer INT, country STRING, amount DECIMAL(10,2)";
    private static final String QUERY = "query 5f0c";
    private static final String OTHER_QUERY = "query 7a31";
    private static final Map<String, String> RULES = rules("amount > 1000", "country <> 'BE'");
    private static final Map<String, String> RULES_IN_ANOTHER_ORDER = new TreeMap<>(RULES);
    private static final Map<String, String> FAILING_RULES =
            rules("amount > 1000", "raise_error('the program dies in the second rule') IS NULL");

    private final Path folder = Scratch.folder("lake-");
    private final TestTable payments = TestTable.in(folder.resolve("payments"), SCHEMA);
    private final TestTable alerts =
            TestTable.in(folder.resolve("alerts"), "rule STRING, id STRING, amount DECIMAL(10,2)");

    /** Whether the first attempt has thrown an exception. */
    private String thrown = "none";

    /** How many alerts had no payment then. */
    private long alertsTooEarly;

    @Test
    @Order(1)
    void eachBatchAddsItsPaymentsAndTheirAlerts(TwoTablesOneBatch answer) {
        List<ScriptRow> first =
                List.of(paid("a", 1, "BE", "1000.00"), paid("b", 2, "FR", "1000.01"), paid("c", 2, "FR", "5.00"));
        List<ScriptRow> alerts =
                List.of(alert("large", "b", "1000.01"), alert("abroad", "b", "1000.01"), alert("abroad", "c", "5.00"));
        script().batch(
                        payment("a", 1, "BE", "1000.00"),
                        payment("b", 2, "FR", "1000.01"),
                        payment("c", 2, "FR", "5.00"))
                .emits(both(first, alerts))
                .batch(payment("d", 1, "NL", "5.00"), payment("d", 1, "NL", "5.00"), payment(null, null, null, null))
                .emits(both(
                        first,
                        alerts,
                        List.of(
                                paid("d", 1, "NL", "5.00"),
                                paid("d", 1, "NL", "5.00"),
                                paid(null, null, null, null),
                                alert("abroad", "d", "5.00"),
                                alert("abroad", "d", "5.00"))))
                .run(sink(answer, QUERY, RULES));
    }

    @Test
    @Order(2)
    void aBatchThatIsPassedAgainIsInTheTablesOnce(TwoTablesOneBatch answer) {
        List<ScriptRow> batch = List.of(payment("a", 1, "FR", "2000.00"), payment("b", 1, "BE", "5.00"));
        VoidFunction2<Dataset<Row>, Long> sink = answer.sink(folder.toString(), QUERY, RULES);
        script().batch(batch).sinkFails().emits(expected(batch)).run(foreachBatch(() -> sink, this::rows));
    }

    /** The other program has the rules in another order: "abroad", "large". */
    @Test
    @Order(3)
    void aProgramThatDiesBetweenTheTablesLosesAndDoublesNothing(TwoTablesOneBatch answer) {
        List<ScriptRow> batch = List.of(
                payment("a", 1, "FR", "2000.00"), payment("b", 1, "BE", "3000.00"), payment("c", 1, "NL", "5.00"));
        script().batch(batch)
                .emits(expected(batch))
                .expects("thrown by the program that dies", "an exception", () -> thrown)
                .run(diesFirst(answer, FAILING_RULES, UnaryOperator.identity(), RULES_IN_ANOTHER_ORDER));
    }

    /** The countries of the batch cannot be read: no payment can be written, and the alerts of this rule could. */
    @Test
    @Order(4)
    void noAlertIsThereBeforeItsPayment(TwoTablesOneBatch answer) {
        Map<String, String> large = Map.of("large", "amount > 1000");
        script().batch(payment("a", 1, "FR", "2000.00"), payment("b", 1, "BE", "5.00"))
                .emits(paid("a", 1, "FR", "2000.00"), paid("b", 1, "BE", "5.00"), alert("large", "a", "2000.00"))
                .expects("alerts without a payment when the program had died", 0L, () -> alertsTooEarly)
                .run(diesFirst(
                        answer,
                        large,
                        batch -> batch.withColumn(
                                "country",
                                raise_error(lit("the program dies with the countries"))
                                        .cast("string")),
                        large));
    }

    @Test
    @Order(5)
    void aQueryThatCountsItsBatchesFromZeroAgainAddsItsRows(TwoTablesOneBatch answer) {
        List<ScriptRow> first = List.of(payment("a", 1, "FR", "2000.00"));
        List<ScriptRow> second = List.of(payment("b", 2, "NL", "3000.00"));
        script().batch(first).emits(expected(first)).run(sink(answer, QUERY, RULES));
        script().batch(second).emits(both(expected(first), expected(second))).run(sink(answer, OTHER_QUERY, RULES));
    }

    @Test
    @Order(6)
    void withoutRulesThereAreNoAlerts(TwoTablesOneBatch answer) {
        script().batch(payment("a", 1, "FR", "2000.00"))
                .emits(paid("a", 1, "FR", "2000.00"))
                .run(sink(answer, QUERY, Map.of()));
    }

    @Test
    @Order(7)
    void theNameOfARuleIsAnyTextAndTwoRulesMayHaveTheSameCondition(TwoTablesOneBatch answer) {
        script().batch(payment("a", 1, "FR", "2000.00"))
                .emits(
                        paid("a", 1, "FR", "2000.00"),
                        alert("the customer's limit", "a", "2000.00"),
                        alert("the bank's limit", "a", "2000.00"))
                .run(sink(
                        answer,
                        QUERY,
                        Map.of("the customer's limit", "amount > 1000", "the bank's limit", "amount > 1000")));
    }

    @Test
    @Order(8)
    void randomBatchesAreInTheTablesOnce(TwoTablesOneBatch answer) {
        Seed seed = Seed.next();
        Script script = script().title(seed.hint());
        List<ScriptRow> soFar = new ArrayList<>();
        for (List<ScriptRow> batch : RandomRows.of(SCHEMA).batches(seed.random(), 2, 60)) {
            soFar.addAll(batch);
            script.batch(batch);
            if (seed.random().nextBoolean()) {
                script.sinkFails();
            }
            script.emits(expected(soFar));
        }
        script.run(sink(answer, QUERY, RULES));
    }

    /** The answer, for {@link NewProcess}. */
    private interface Program {
        VoidFunction2<Dataset<Row>, Long> sink(String folder, String query, Map<String, String> rules);
    }

    private RunnableAnswer sink(TwoTablesOneBatch answer, String query, Map<String, String> rules) {
        return foreachBatch(() -> answer.sink(folder.toString(), query, rules), this::rows);
    }

    /** The first attempt fails with these rules, or this change of the batch; then a new process gets the batch. */
    private RunnableAnswer diesFirst(
            TwoTablesOneBatch answer,
            Map<String, String> failing,
            UnaryOperator<Dataset<Row>> change,
            Map<String, String> rules) {
        return foreachBatch(
                () -> (batch, number) -> {
                    try {
                        answer.sink(folder.toString(), QUERY, failing).call(change.apply(batch), number);
                    } catch (Exception e) {
                        thrown = "an exception";
                        alertsTooEarly = alertsWithoutPayment();
                        NewProcess.of(answer, Program.class)
                                .sink(folder.toString(), QUERY, rules)
                                .call(batch, number);
                    }
                },
                this::rows);
    }

    private long alertsWithoutPayment() {
        Set<Object> paid = payments.rows().stream().map(row -> row.get(0)).collect(Collectors.toSet());
        return alerts.rows().stream()
                .filter(alert -> !paid.contains(alert.get(1)))
                .count();
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        payments.rows()
                .forEach(row ->
                        rows.add(RowFactory.create("payments", null, row.get(0), row.get(1), row.get(2), row.get(3))));
        alerts.rows()
                .forEach(row -> rows.add(RowFactory.create("alerts", row.get(0), row.get(1), null, null, row.get(2))));
        return rows;
    }

    private static List<ScriptRow> expected(List<ScriptRow> payments) {
        List<ScriptRow> expected = new ArrayList<>();
        for (ScriptRow payment : payments) {
            BigDecimal amount = payment.getDecimal(3);
            Object country = payment.get(2);
            expected.add(row("payments", null, payment.get(0), payment.get(1), country, amount));
            if (amount != null && amount.compareTo(new BigDecimal(1000)) > 0) {
                expected.add(row("alerts", "large", payment.get(0), null, null, amount));
            }
            if (country != null && !country.equals("BE")) {
                expected.add(row("alerts", "abroad", payment.get(0), null, null, amount));
            }
        }
        return expected;
    }

    @SafeVarargs
    private static List<ScriptRow> both(List<ScriptRow>... parts) {
        return Arrays.stream(parts).flatMap(List::stream).toList();
    }

    private static Map<String, String> rules(String large, String abroad) {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put("large", large);
        rules.put("abroad", abroad);
        return rules;
    }

    private static Script script() {
        return Script.of(SCHEMA)
                .columns(
                        "table STRING",
                        "rule STRING",
                        "id STRING",
                        "customer INT",
                        "country STRING",
                        "amount DECIMAL(10,2)");
    }

    private static ScriptRow paid(String id, Integer customer, String country, String amount) {
        return row("payments", null, id, customer, country, amount == null ? null : new BigDecimal(amount));
    }

    private static ScriptRow alert(String rule, String id, String amount) {
        return row("alerts", rule, id, null, null, new BigDecimal(amount));
    }

    private static ScriptRow payment(String id, Integer customer, String country, String amount) {
        return row(id, customer, country, amount == null ? null : new BigDecimal(amount));
    }
}
