package lesson02;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import workbook.check.diagnose.Misconception;
import workbook.kit.spark.PaymentRow;

/** Wrong answers to {@link ParsePayments} that people really give. */
public final class ParsePaymentsMisconceptions {

    private static final StructType WITH_CORRUPT_RECORD = PaymentRow.SCHEMA.add("_corrupt_record", "string");

    private ParsePaymentsMisconceptions() {}

    @Misconception(
            believed = "What from_json cannot read, it refuses: no exception means a good payment.",
            really = "A stream must go on, so from_json makes nulls of whatever it cannot read, and says nothing. A log"
                    + " line comes out as a payment of nobody, over nothing.",
            concept = "Malformed records")
    public static class TakesNullsForGood extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return unfolded(read(records, PaymentRow.SCHEMA), lit(null).cast("string"));
        }
    }

    @Misconception(
            believed = "Malformed records are rubbish: filter them out, and the rest of the pipeline is clean.",
            really =
                    "Rows that vanish in a filter are missed by nobody until the sums are wrong, and then they cannot be"
                            + " brought back. A dead letter keeps the record and its reason, so that it can be counted, mended"
                            + " and sent again.",
            concept = "Dead letters")
    public static class DropsTheMalformed extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return super.parse(records).where(col("reason").isNull());
        }
    }

    @Misconception(
            believed = "FAILFAST is the safe mode: bad records must not pass unnoticed.",
            really =
                    "They do not pass; nor does anything else. The query dies, starts again from its checkpoint, meets the"
                            + " same record and dies again: one bad record stops the stream for good.",
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
            really =
                    "To Kafka keys and values are bytes, and so they are to Spark: BINARY. Only whoever reads them knows"
                            + " that they are text; the cast says it.",
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
            really =
                    "Text can be made of the bytes at any time. The bytes cannot be had back from a text if they were no"
                            + " UTF-8, and those are the records that land here.",
            concept = "Bytes")
    public static class KeepsTheValueAsText extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return super.parse(records).withColumn("value", col("value").cast("string"));
        }
    }

    @Misconception(
            believed = "A double is good enough for money.",
            really =
                    "Ten cents have no exact double, and whoever adds up such amounts gets a sum that depends on the order"
                            + " of the rows. The cents are exact in the JSON; a decimal keeps them so.",
            concept = "Money")
    public static class ReadsAmountsAsDoubles extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return super.parse(records).withColumn("amount", col("amount").cast("double"));
        }
    }

    @Misconception(
            believed = "Every record has a value.",
            really = "A record may have none: a tombstone, which deletes its key from a compacted topic. No JSON"
                    + " comes of it, and yet nobody sent anything malformed.",
            concept = "Tombstones")
    public static class ForgetsTombstones extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return super.parse(records)
                    .withColumn(
                            "reason",
                            when(col("value").isNull(), "not a JSON object").otherwise(col("reason")));
        }
    }

    @Misconception(
            believed = "Whatever is wrong with a record, _corrupt_record tells.",
            really =
                    "_corrupt_record holds what could not be parsed. An empty text and JSON's null leave it empty, and so"
                            + " does a payment without an amount: that is good JSON.",
            concept = "Malformed records")
    public static class TrustsTheCorruptRecord extends ParsePayments {
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
            believed = "Where _corrupt_record is set, or nothing at all was read, the text was no JSON object.",
            really =
                    "It is set, too, when one field does not fit its type. The object was read, and the field is what the"
                            + " sender must hear of.",
            concept = "Malformed records")
    public static class TakesAWrongTypeForBadJson extends ParsePayments {
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
            believed = "A field that is null after parsing was not there.",
            really =
                    "Null is also what from_json makes of a field it cannot read: \"ten\", true, or a number too large for"
                            + " its type. The sender looks for a field that is missing, and there it stands.",
            concept = "Malformed records")
    public static class TakesAWrongTypeForMissing extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return super.parse(records).withColumn("reason", expr("replace(reason, 'wrong type', 'missing')"));
        }
    }

    @Misconception(
            believed = "A field that is there can be used.",
            really = "That it is there says nothing of its type. What the schema cannot take becomes null, and a"
                    + " payment without a customer goes through as a good one.",
            concept = "Malformed records")
    public static class AsksOnlyWhetherAFieldIsThere extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return reviewed(super.parse(records), not(col("reason").endsWith(": wrong type")));
        }
    }

    @Misconception(
            believed = "A record with a reason needs no clearing up: nobody reads its other columns.",
            really =
                    "Spark keeps every field it could read. Half a payment has an id, a customer and an amount, and the next"
                            + " query that forgets to ask for the reason counts it.",
            concept = "Dead letters")
    public static class LeavesHalfAPayment extends ParsePayments {
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
            believed = "An amount that could be read is an amount.",
            really = "Types say what a value looks like, not what it means. A refund that is booked as a payment fits"
                    + " DECIMAL(10,2), and is wrong all the same.",
            concept = "Malformed records")
    public static class TakesRefundsForPayments extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return reviewed(super.parse(records), col("reason").notEqual("amount: negative"));
        }
    }

    @Misconception(
            believed = "Where the text is no JSON, from_json gives null.",
            really =
                    "Only for an empty text. Of any other it makes a struct that is there, with nulls in it, just as of"
                            + " an object that lacks every field. Read as a map of texts, what is no object is null.",
            concept = "Malformed records")
    public static class TakesANullStructForNoJson extends ParsePayments {
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
            believed = "First I ask what is missing, then what is wrong.",
            really =
                    "The reason is that of the first field that has one. Each field is asked for both before the next one"
                            + " is: an id of the wrong type comes before an amount that is missing.",
            concept = "Malformed records")
    public static class AsksForAllThatIsMissingFirst extends ParsePayments {
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

    /** Reasons hold where the condition does; elsewhere the record is taken for good. */
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
