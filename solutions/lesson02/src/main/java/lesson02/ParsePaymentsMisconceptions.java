package lesson02;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import workbook.check.diagnose.Misconception;
import workbook.kit.spark.PaymentRow;

/** Wrong answers to {@link ParsePayments} that learners give. */
public final class ParsePaymentsMisconceptions {

    private static final StructType WITH_CORRUPT_RECORD = PaymentRow.SCHEMA.add("_corrupt_record", "string");

    private ParsePaymentsMisconceptions() {}

    @Misconception(
            believed = "from_json refuses malformed input: without an exception the payment is valid.",
            really = "from_json does not throw: it returns nulls for what it cannot parse. A log line becomes"
                    + " a payment whose fields are all null.",
            concept = "Malformed records")
    public static class AcceptsNulls extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return unfolded(read(records, PaymentRow.SCHEMA), lit(null).cast("string"));
        }
    }

    @Misconception(
            believed = "Malformed records are useless: filter them out, and the rest of the pipeline is clean.",
            really = "Nobody notices rows that a filter drops until the totals are wrong, and then they cannot"
                    + " be restored. A dead letter keeps the record and its reason, so that you can count it,"
                    + " fix it and send it again.",
            concept = "Dead letters")
    public static class DropsMalformedRecords extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return super.parse(records).where(col("reason").isNull());
        }
    }

    @Misconception(
            believed = "FAILFAST is the safe mode: it does not let malformed records pass.",
            really = "It lets no other record pass, either. The query fails, restarts from its checkpoint,"
                    + " reads the same record and fails again: one malformed record stops the stream"
                    + " permanently.",
            concept = "Malformed records")
    public static class FailsFast extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return unfolded(
                    read(records, PaymentRow.SCHEMA, Map.of("mode", "FAILFAST")),
                    lit(null).cast("string"));
        }
    }

    @Misconception(
            believed = "The value of a record is the text that the producer sent.",
            really = "Keys and values are bytes in Kafka, and BINARY in Spark. Only the reader knows that they"
                    + " are text, and has to cast them.",
            concept = "Bytes")
    public static class ReadsBytesAsJson extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return unfolded(
                    records.withColumn("payment", from_json(col("value"), PaymentRow.SCHEMA)),
                    lit(null).cast("string"));
        }
    }

    @Misconception(
            believed = "A dead letter is easier to read as text.",
            really = "You can convert the bytes to text at any time. You cannot convert the text back to bytes"
                    + " that were not UTF-8, and such records become dead letters.",
            concept = "Bytes")
    public static class KeepsTheValueAsText extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return super.parse(records).withColumn("value", col("value").cast("string"));
        }
    }

    @Misconception(
            believed = "A double is good enough for money.",
            really = "Ten cents have no exact double, and the sum of such amounts depends on the order of the"
                    + " rows. The cents are exact in the JSON; a decimal keeps them exact.",
            concept = "Money")
    public static class ReadsAmountsAsDoubles extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return super.parse(records).withColumn("amount", col("amount").cast("double"));
        }
    }

    @Misconception(
            believed = "Every record has a value.",
            really = "A record may have none: a tombstone, which deletes its key from a compacted topic. It is"
                    + " not JSON, and not malformed, either.",
            concept = "Tombstones")
    public static class IgnoresTombstones extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return super.parse(records)
                    .withColumn(
                            "reason",
                            when(col("value").isNull(), "not a JSON object").otherwise(col("reason")));
        }
    }

    @Misconception(
            believed = "_corrupt_record shows every error of a record.",
            really = "_corrupt_record has the text that could not be parsed. It is null for an empty text, for"
                    + " JSON's null, and for a payment without an amount, which is valid JSON.",
            concept = "Malformed records")
    public static class ReliesOnCorruptRecord extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return unfolded(
                    read(records, WITH_CORRUPT_RECORD),
                    coalesce(
                            when(col("value").isNull(), "no value"),
                            when(col("payment._corrupt_record").isNotNull(), "not a JSON object")));
        }
    }

    @Misconception(
            believed = "If _corrupt_record is set, or if nothing was parsed, the text is not a JSON object.",
            really = "It is also set when one field does not match its type. The object was parsed, and the"
                    + " reason has to name that field.",
            concept = "Malformed records")
    public static class ReportsWrongTypesAsBadJson extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            Column isCorrupt = col("payment._corrupt_record")
                    .isNotNull()
                    .or(expr("get_json_object(CAST(value AS STRING), '$') IS NULL OR CAST(value AS STRING) = 'null'"));
            return unfolded(
                    read(records, WITH_CORRUPT_RECORD),
                    coalesce(
                            when(col("value").isNull(), "no value"),
                            when(isCorrupt, "not a JSON object"),
                            when(col("payment.id").isNull(), "id: missing"),
                            when(col("payment.time").isNull(), "time: missing"),
                            when(col("payment.customer").isNull(), "customer: missing"),
                            when(col("payment.terminal").isNull(), "terminal: missing"),
                            when(col("payment.amount").isNull(), "amount: missing"),
                            when(col("payment.amount").lt(0), "amount: negative")));
        }
    }

    @Misconception(
            believed = "I read all fields as text, and cast them.",
            really = "The text no longer shows whether it was a text: the customer \"10\" is cast to 10. from_json with"
                    + " the column's type knows the JSON's own types.",
            concept = "Malformed records")
    public static class CastsTexts extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return accepting(
                    super.parse(records), "rlike(text, '^-?[0-9]+$') AND try_cast(text AS INT) IS NOT NULL", "INT");
        }
    }

    @Misconception(
            believed = "A number is a number: the cast to INT takes care of it.",
            really = "A cast cuts off the fraction: a payment of the unknown customer 12.7 becomes one of customer 12."
                    + " from_json converts only whole numbers to INT.",
            concept = "Malformed records")
    public static class CutsOffFractions extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return accepting(
                    super.parse(records), "try_cast(text AS DOUBLE) BETWEEN -2147483648 AND 2147483647", "DOUBLE");
        }
    }

    @Misconception(
            believed = "A field that is null after parsing is missing.",
            really = "from_json also returns null for a field that it cannot convert: \"ten\", true, or a"
                    + " number that is too large for its type. The sender would look for a missing field that is"
                    + " not missing.",
            concept = "Malformed records")
    public static class ReportsWrongTypesAsMissing extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return super.parse(records).withColumn("reason", expr("replace(reason, 'wrong type', 'missing')"));
        }
    }

    @Misconception(
            believed = "A field that exists can be used.",
            really = "A field that exists may have the wrong type. It then becomes null, and a payment without"
                    + " a customer passes as valid.",
            concept = "Malformed records")
    public static class ChecksOnlyMissingFields extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return reviewed(super.parse(records), not(col("reason").endsWith(": wrong type")));
        }
    }

    @Misconception(
            believed = "A record with a reason needs no cleanup: nobody reads its other columns.",
            really = "Spark keeps every field that it could parse. An invalid payment then has an id, a"
                    + " customer and an amount, and the next query that does not check the reason counts it.",
            concept = "Dead letters")
    public static class KeepsFieldsOfInvalidPayments extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return super.parse(records)
                    .select(
                            from_json(col("value").cast("string"), PaymentRow.SCHEMA)
                                    .as("payment"),
                            col("reason"),
                            col("partition"),
                            col("offset"),
                            col("value"))
                    .select("payment.*", "reason", "partition", "offset", "value");
        }
    }

    @Misconception(
            believed = "An amount that could be parsed is valid.",
            really = "A type restricts the form of a value, not its meaning. A refund that is recorded as a"
                    + " payment fits DECIMAL(10,2), and is wrong all the same.",
            concept = "Malformed records")
    public static class AcceptsNegativeAmounts extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return reviewed(super.parse(records), col("reason").notEqual("amount: negative"));
        }
    }

    @Misconception(
            believed = "If the text is not JSON, from_json returns null.",
            really = "Only for an empty text. For any other text it returns a struct whose fields are null, as"
                    + " for an object without these fields. Parsed as a map of strings, a text that is not an"
                    + " object is null.",
            concept = "Malformed records")
    public static class ExpectsANullStruct extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            Dataset<Row> read = read(super.parse(records).drop(PaymentRow.SCHEMA.fieldNames()), PaymentRow.SCHEMA);
            return unfolded(
                    read,
                    when(
                                    col("reason")
                                            .equalTo("not a JSON object")
                                            .and(col("payment").isNotNull()),
                                    "id: missing")
                            .otherwise(col("reason")));
        }
    }

    @Misconception(
            believed = "Check all fields for missing values first, then for wrong types.",
            really = "The reason is that of the first field that has one. Each field is checked for both"
                    + " before the next field: an id of the wrong type comes before a missing amount.",
            concept = "Malformed records")
    public static class ChecksAllMissingFieldsFirst extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            Column fields = from_json(col("value").cast("string"), "MAP<STRING, STRING>", Map.of());
            Column missing = coalesce(Arrays.stream(PaymentRow.SCHEMA.fieldNames())
                    .map(field -> when(fields.getItem(field).isNull(), field + ": missing"))
                    .toArray(Column[]::new));
            return super.parse(records)
                    .withColumn(
                            "reason", coalesce(when(col("reason").endsWith(": wrong type"), missing), col("reason")));
        }
    }

    /** Accepts a customer of the wrong type whose text meets this condition, and casts it. */
    private static Dataset<Row> accepting(Dataset<Row> parsed, String condition, String type) {
        return parsed.withColumn("text", get_json_object(col("value").cast("string"), "$.customer"))
                .withColumn("isAccepted", expr("reason = 'customer: wrong type' AND " + condition))
                .withColumn(
                        "payment",
                        when(
                                col("isAccepted"),
                                from_json(col("value").cast("string"), PaymentRow.SCHEMA)
                                        .withField("customer", expr("CAST(CAST(text AS " + type + ") AS INT)"))))
                .withColumn("reason", when(not(coalesce(col("isAccepted"), lit(false))), col("reason")))
                .select(Stream.concat(
                                Arrays.stream(PaymentRow.SCHEMA.fieldNames())
                                        .map(field -> coalesce(
                                                        col(field),
                                                        col("payment").getField(field))
                                                .as(field)),
                                Stream.of(col("reason"), col("partition"), col("offset"), col("value")))
                        .toArray(Column[]::new));
    }

    /** Keeps a reason if the condition is true, and otherwise accepts the record as valid. */
    private static Dataset<Row> reviewed(Dataset<Row> parsed, Column holds) {
        return unfolded(
                read(parsed.drop(PaymentRow.SCHEMA.fieldNames()), PaymentRow.SCHEMA), when(holds, col("reason")));
    }

    private static Dataset<Row> read(Dataset<Row> records, StructType schema) {
        return read(records, schema, Map.of());
    }

    private static Dataset<Row> read(Dataset<Row> records, StructType schema, Map<String, String> options) {
        return records.withColumn("payment", from_json(col("value").cast("string"), schema, options));
    }

    private static Dataset<Row> unfolded(Dataset<Row> read, Column reason) {
        return read.withColumn("reason", reason)
                .withColumn("payment", when(col("reason").isNull(), col("payment")))
                .select(
                        "payment.id",
                        "payment.time",
                        "payment.customer",
                        "payment.terminal",
                        "payment.amount",
                        "reason",
                        "partition",
                        "offset",
                        "value");
    }
}
