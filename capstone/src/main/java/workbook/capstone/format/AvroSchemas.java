package workbook.capstone.format;

import org.apache.avro.Schema;

/**
 * The schemas of payments and scores. The amount has a fixed size: Avro allocates bytes of any length that a record claims to
 * have, and a broken record may claim two gigabytes.
 */
final class AvroSchemas {

    private static final String PAYMENT = """
            {"name": "id", "type": "long"},
            {"name": "time", "type": {"type": "long", "logicalType": "timestamp-micros"}},
            {"name": "customer", "type": "int"},
            {"name": "terminal", "type": "int"},
            {"name": "amount", "type":
              {"type": "fixed", "name": "Amount", "size": 5, "logicalType": "decimal", "precision": 10, "scale": 2}}
            """;

    /** A payment, with the fields of {@link workbook.kit.Payment#SCHEMA}: what the pipeline reads, whatever was written. */
    static final Schema PAYMENT_1 = record("Payment", PAYMENT);

    /** The next version: how the payment was made is new. */
    static final Schema PAYMENT_2 = record("Payment", PAYMENT + """
            , {"name": "channel", "type": "string", "default": "terminal"}
            """);

    /** A score, with the fields of {@link ScoredPayment#SCHEMA}. */
    static final Schema SCORE = record("Score", PAYMENT + """
            , {"name": "score", "type": "double"},
            {"name": "alert", "type": "boolean"},
            {"name": "model", "type": "string"},
            {"name": "lookup", "type": "string"},
            {"name": "features", "type": {"type": "array", "items": "double"}}
            """);

    private AvroSchemas() {}

    private static Schema record(String name, String fields) {
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"" + name + "\", \"namespace\": \"workbook\", \"fields\": ["
                        + fields + "]}");
    }
}
