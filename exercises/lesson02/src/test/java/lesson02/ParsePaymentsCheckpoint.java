package lesson02;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
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
        "id BIGINT",
        "time TIMESTAMP",
        "customer INT",
        "terminal INT",
        "amount DECIMAL(10,2)",
        "reason STRING",
        "partition INT",
        "offset BIGINT",
        "value BINARY"
    };
    private static final List<String> FIELDS = Schema.of(Payment.SCHEMA).names();
    /** Every whole number up to here has a double of its own. */
    private static final long LARGEST_DOUBLE = 1L << 53;

    private static final Payment PAYMENT = new Payment(1, at("09:00"), 10, 7, new BigDecimal("12.50"));
    private static final String JSON = PAYMENT.toJson();

    @Test
    @Order(1)
    void aValidRecordBecomesAPayment(ParsePayments answer) {
        Payment free = new Payment(2, at("09:00:00.123"), 11, 8, new BigDecimal("0.00"));
        Payment large =
                new Payment(LARGEST_DOUBLE + 1, at("09:01").plusNanos(1_000), 12, 9, new BigDecimal("99999999.99"));
        String newer = JSON.replace("{", "{\"channel\":{\"name\":\"web\"},");
        String text = with("amount", "\"12.50\"");
        script().batch(
                        record(0, JSON),
                        record(1, free.toJson()),
                        record(2, large.toJson()),
                        record(3, newer),
                        record(4, text))
                .emits(
                        valid(0, PAYMENT, JSON),
                        valid(1, free, free.toJson()),
                        valid(2, large, large.toJson()),
                        valid(3, PAYMENT, newer),
                        valid(4, PAYMENT, text))
                .run(onSpark(answer::parse));
    }

    @Test
    @Order(2)
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
    @Order(3)
    void aTombstoneHasNoValue(ParsePayments answer) {
        script().batch(record(0, null), record(1, JSON))
                .emits(invalid(0, "no value", null), valid(1, PAYMENT, JSON))
                .state(0)
                .run(onSpark(answer::parse));
    }

    @Test
    @Order(4)
    void aFieldIsMissingIfItIsAbsentOrNull(ParsePayments answer) {
        Object[] values = {without("amount"), with("amount", "null"), JSON.replace("amount", "Amount")};
        script().batch(records(values))
                .emits(invalid("amount: missing", values))
                .run(onSpark(answer::parse));
    }

    @Test
    @Order(5)
    void aFieldThatCannotBeConvertedHasTheWrongType(ParsePayments answer) {
        Object[] values = {
            with("customer", "\"ten\""),
            with("customer", "true"),
            with("customer", "3000000000"),
            with("customer", "\"10\""),
            with("customer", "12.7"),
            with("customer", "[10]")
        };
        script().batch(records(values))
                .emits(invalid("customer: wrong type", values))
                .run(onSpark(answer::parse));
    }

    @Test
    @Order(6)
    void aNegativeAmountIsNotAPayment(ParsePayments answer) {
        String refund = with("amount", "-0.01");
        String tooLarge = with("amount", "-100000000.00");
        script().batch(record(0, refund), record(1, tooLarge))
                .emits(invalid(0, "amount: negative", refund), invalid(1, "amount: wrong type", tooLarge))
                .run(onSpark(answer::parse));
    }

    @Test
    @Order(7)
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
    @Order(8)
    void eachRandomRecordIsAPaymentOrHasAReason(ParsePayments answer) {
        Map<Long, ScriptRow> expected = new HashMap<>();
        RandomScript.of(RECORDS)
                .columns(COLUMNS)
                .batches(3, 60, RandomRows.of(Payment.SCHEMA).converted((random, payment) -> {
                    ScriptRow wanted = randomRecord(random, payment, expected.size());
                    expected.put(wanted.getLong(7), wanted);
                    return record(wanted.getLong(7), wanted.get(8));
                }))
                .run(
                        onSpark(answer::parse),
                        records -> records.stream()
                                .map(record -> expected.get(record.getLong(4)))
                                .toList());
    }

    private static Script script() {
        return Script.of(RECORDS).columns(COLUMNS);
    }

    /** The expected row for a record of this payment: one in two records is as written, the others have a fault. */
    private static ScriptRow randomRecord(Random random, ScriptRow payment, long offset) {
        String json = json(payment);
        String field = FIELDS.get(random.nextInt(FIELDS.size()));
        boolean isWhole = random.nextBoolean() && !field.equals("time") && !field.equals("amount");
        return switch (random.nextInt(8)) {
            case 0 -> invalid(offset, "no value", null);
            case 1 -> invalid(offset, "not a JSON object", json.substring(0, random.nextInt(json.length())));
            case 2 -> expected(offset, payment, field, "missing", without(json, field));
            case 3 ->
                expected(offset, payment, field, "wrong type", with(json, field, isWhole ? "1.5" : "\"unknown\""));
            default -> expected(offset, payment, "", "", json);
        };
    }

    /** The expected row for a record with a fault in this field. A null is a missing field. */
    private static ScriptRow expected(long offset, ScriptRow payment, String faulty, String fault, String json) {
        for (int i = 0; i < FIELDS.size(); i++) {
            if (FIELDS.get(i).equals(faulty)) {
                return invalid(offset, faulty + ": " + fault, json);
            }
            if (payment.isNullAt(i)) {
                return invalid(offset, FIELDS.get(i) + ": missing", json);
            }
        }
        if (payment.getDecimal(4).signum() < 0) {
            return invalid(offset, "amount: negative", json);
        }
        return row(
                payment.get(0),
                payment.get(1),
                payment.get(2),
                payment.get(3),
                payment.get(4),
                null,
                3,
                offset,
                bytes(json));
    }

    /** As {@link Payment#toJson} writes it; a null is JSON's null. */
    private static String json(ScriptRow payment) {
        return IntStream.range(0, FIELDS.size())
                .mapToObj(i -> "\"" + FIELDS.get(i) + "\":" + json(payment.get(i)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(Object value) {
        return value instanceof Instant ? "\"" + value + "\"" : String.valueOf(value);
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
