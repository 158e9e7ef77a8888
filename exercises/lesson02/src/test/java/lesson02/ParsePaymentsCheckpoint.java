package lesson02;

import static org.apache.spark.sql.functions.typeof;
import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomScript;
import workbook.check.script.Schema;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Payment;

@Checkpoint(ParsePayments.class)
class ParsePaymentsCheckpoint {

    private static final String RECORDS = "key BINARY, value BINARY, topic STRING,"
            + " partition INT, offset BIGINT, timestamp TIMESTAMP, timestampType INT";
    private static final String[] COLUMNS = {
        "id", "time", "customer", "terminal", "amount", "reason", "partition", "offset", "value"
    };
    private static final Payment PAYMENT = new Payment(1, at("09:00"), 10, 7, new BigDecimal("12.50"));
    private static final String JSON = PAYMENT.toJson();

    @Test
    @Order(1)
    void theColumnsAreThePaymentTheReasonAndTheRecord(ParsePayments answer) {
        script().batch(record(0, JSON))
                .emits(row("bigint", "timestamp", "int", "int", "decimal(10,2)", "string", "int", "bigint", "binary"))
                .run(onSpark(records -> types(answer.parse(records))));
    }

    @Test
    @Order(2)
    void aValidRecordBecomesAPayment(ParsePayments answer) {
        Payment free = new Payment(2, at("09:00:00.123"), 11, 8, new BigDecimal("0.00"));
        Payment large = new Payment(9_000_000_000L, at("09:01"), 12, 9, new BigDecimal("99999999.99"));
        String newer = JSON.replace("{", "{\"channel\":{\"name\":\"web\"},");
        script().batch(record(0, JSON), record(1, free.toJson()), record(2, large.toJson()), record(3, newer))
                .emits(
                        valid(0, PAYMENT, JSON),
                        valid(1, free, free.toJson()),
                        valid(2, large, large.toJson()),
                        valid(3, PAYMENT, newer))
                .run(onSpark(answer::parse));
    }

    @Test
    @Order(3)
    void aValueThatIsNotAJsonObjectIsKeptWithThatReason(ParsePayments answer) {
        Object[] values = {
            "ERROR payment 1 failed",
            JSON.substring(0, 40),
            "",
            "null",
            "[" + JSON + "]",
            "12.50",
            "Zahlung geprüft".getBytes(StandardCharsets.ISO_8859_1)
        };
        Script script = script().batch(records(values));
        script.emits(invalid("not a JSON object", values)).run(onSpark(answer::parse));
    }

    @Test
    @Order(4)
    void aTombstoneHasNoValue(ParsePayments answer) {
        script().batch(record(0, null), record(1, JSON))
                .emits(invalid(0, "no value", null), valid(1, PAYMENT, JSON))
                .run(onSpark(answer::parse));
    }

    @Test
    @Order(5)
    void aFieldIsMissingIfItIsAbsentOrNull(ParsePayments answer) {
        Object[] values = {without("amount"), with("amount", "null"), JSON.replace("amount", "Amount")};
        script().batch(records(values))
                .emits(invalid("amount: missing", values))
                .run(onSpark(answer::parse));
    }

    @Test
    @Order(6)
    void aFieldThatCannotBeConvertedHasTheWrongType(ParsePayments answer) {
        Object[] values = {with("customer", "\"ten\""), with("customer", "true"), with("customer", "3000000000")};
        script().batch(records(values))
                .emits(invalid("customer: wrong type", values))
                .run(onSpark(answer::parse));
    }

    @Test
    @Order(7)
    void aNegativeAmountIsNotAPayment(ParsePayments answer) {
        String refund = with("amount", "-0.01");
        script().batch(record(0, refund))
                .emits(invalid(0, "amount: negative", refund))
                .run(onSpark(answer::parse));
    }

    @Test
    @Order(8)
    void theFirstReasonApplies(ParsePayments answer) {
        String late = without("time").replace("12.50", "-12.50");
        String twice = with("time", "\"soon\"").replace("\"customer\":10,", "");
        script().batch(record(0, "{}"), record(1, late), record(2, twice))
                .emits(
                        invalid(0, "id: missing", "{}"),
                        invalid(1, "time: missing", late),
                        invalid(2, "time: wrong type", twice))
                .run(onSpark(answer::parse));
    }

    /** The expected row of each record is stored when the record is generated. */
    @Test
    @Order(9)
    void eachRandomRecordIsAPaymentOrHasAReason(ParsePayments answer) {
        Map<Long, ScriptRow> expected = new HashMap<>();
        RandomScript.of(RECORDS)
                .columns(COLUMNS)
                .batches(3, 20, (random, batch) -> randomRecord(random, expected))
                .run(
                        onSpark(answer::parse),
                        records -> records.stream()
                                .map(record -> expected.get(record.getLong(4)))
                                .toList());
    }

    private static Script script() {
        return Script.of(RECORDS).columns(COLUMNS);
    }

    private static Dataset<Row> types(Dataset<Row> parsed) {
        return parsed.select(Arrays.stream(parsed.columns())
                .map(name -> typeof(parsed.col(name)).as(name))
                .toArray(Column[]::new));
    }

    private static ScriptRow randomRecord(Random random, Map<Long, ScriptRow> expected) {
        Payment payment = new Payment(
                100 + random.nextInt(1_000_000),
                at("09:00").plusSeconds(random.nextInt(86_400)),
                random.nextInt(1_000),
                random.nextInt(100),
                BigDecimal.valueOf(random.nextInt(1_000_000), 2));
        String json = payment.toJson();
        String field = Schema.of(Payment.SCHEMA).names().get(random.nextInt(5));
        long offset = expected.size();
        ScriptRow[] wanted = {
            invalid(offset, "no value", null),
            invalid(offset, "not a JSON object", json.substring(0, random.nextInt(json.length()))),
            invalid(offset, field + ": missing", without(json, field)),
            invalid(offset, field + ": wrong type", with(json, field, "\"unknown\"")),
            invalid(offset, "amount: negative", with(json, "amount", "-" + (1 + random.nextInt(500))))
        };
        int kind = random.nextInt(2 * wanted.length);
        expected.put(offset, kind < wanted.length ? wanted[kind] : valid(offset, payment, json));
        return record(offset, expected.get(offset).get(8));
    }

    private static ScriptRow[] records(Object... values) {
        ScriptRow[] records = new ScriptRow[values.length];
        Arrays.setAll(records, offset -> record(offset, values[offset]));
        return records;
    }

    private static ScriptRow record(long offset, Object value) {
        return row("10".getBytes(StandardCharsets.UTF_8), bytes(value), "payments", 3, offset, at("09:00:01"), 0);
    }

    private static ScriptRow valid(long offset, Payment payment, String json) {
        return row(
                payment.id(),
                payment.time(),
                payment.customer(),
                payment.terminal(),
                payment.amount(),
                null,
                3,
                offset,
                bytes(json));
    }

    private static ScriptRow[] invalid(String reason, Object... values) {
        ScriptRow[] rows = new ScriptRow[values.length];
        Arrays.setAll(rows, offset -> invalid(offset, reason, values[offset]));
        return rows;
    }

    private static ScriptRow invalid(long offset, String reason, Object value) {
        return row(null, null, null, null, null, reason, 3, offset, bytes(value));
    }

    private static byte[] bytes(Object value) {
        return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
    }

    private static String with(String field, String value) {
        return with(JSON, field, value);
    }

    private static String with(String json, String field, String value) {
        return json.replaceFirst("\"" + field + "\":[^,}]+", "\"" + field + "\":" + value);
    }

    private static String without(String field) {
        return without(JSON, field);
    }

    private static String without(String json, String field) {
        return json.replaceFirst("\"" + field + "\":[^,}]+,|,\"" + field + "\":[^,}]+", "");
    }
}
