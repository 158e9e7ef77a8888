package workbook.capstone.format;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.kit.Payment;

/**
 * Payments and scores as JSON objects.
 *
 * @param hasChannel whether payments have the field {@code channel}, which readers ignore
 */
public record JsonFormat(boolean hasChannel) implements Format {

    /** Payments with the fields of {@link Payment#SCHEMA} only. */
    public static final JsonFormat PLAIN = new JsonFormat(false);

    private static final PaymentParser PARSER = new PaymentParser();

    @Override
    public byte[] write(Payment payment) {
        String json = payment.toJson();
        return bytes(hasChannel ? json.replace("}", ",\"channel\":\"web\"}") : json);
    }

    @Override
    public Parsed parse(byte[] value, Instant received) {
        return PARSER.parse(value, received);
    }

    @Override
    public byte[] write(ScoredPayment scored) {
        return bytes(scored.toJson());
    }

    @Override
    public Dataset<Row> scores(Dataset<Row> records) {
        return records.select(from_json(col("value").cast("string"), ScoredPayment.SCHEMA)
                        .as("payment"))
                .select("payment.*");
    }

    @Override
    public byte[] toJson(byte[] value) {
        return value;
    }

    @Override
    public Column asJson(Column value) {
        return value;
    }

    @Override
    public Format evolved() {
        return new JsonFormat(true);
    }

    @Override
    public Optional<String> version(byte[] value) {
        return Optional.empty();
    }

    @Override
    public Malformed malformed(long number) {
        MalformedJson kind = MalformedJson.values()[(int) (number % MalformedJson.values().length)];
        return new Malformed(kind.name(), kind.value(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
