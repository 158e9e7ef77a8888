package workbook.capstone.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import workbook.capstone.features.OnlineLookup;
import workbook.capstone.inference.Reason;
import workbook.kit.Payment;
import workbook.kit.spark.PaymentRow;

/** A payment with its score: a record of {@link workbook.capstone.streaming.Topics#SCORES}, and a row in the lake. */
public record ScoredPayment(
        Payment payment, double score, boolean alert, String model, OnlineLookup.Source lookup, double[] features) {

    /**
     * The columns of {@link Payment#SCHEMA}, then {@code score} double, from 0 to 1, {@code alert} boolean, {@code
     * model} string, the name of the model, {@code lookup} string, the {@link OnlineLookup.Source} of the customer's
     * features: {@code nightly}, {@code online} or {@code fallback}, and {@code features} array of 15 doubles, the
     * model's input in the order of {@link workbook.capstone.inference.Features#NAMES}: a model trained on them gets
     * the same input as the scoring.
     */
    public static final StructType SCHEMA = PaymentRow.SCHEMA
            .add("score", DataTypes.DoubleType)
            .add("alert", DataTypes.BooleanType)
            .add("model", DataTypes.StringType)
            .add("lookup", DataTypes.StringType)
            .add("features", DataTypes.createArrayType(DataTypes.DoubleType));

    private static final int SCORE_DECIMALS = 6;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** Returns a JSON object on one line, with the fields of {@link #SCHEMA}. */
    public String toJson() {
        return object(this::writeFields);
    }

    /**
     * Returns the value of an alert: the same fields, and {@code reasons}, a list of {@code feature}, {@code value} and
     * {@code usual}.
     */
    public String toJson(List<Reason> reasons) {
        return object(json -> {
            writeFields(json);
            json.writeArrayFieldStart("reasons");
            for (Reason reason : reasons) {
                write(reason, json);
            }
            json.writeEndArray();
        });
    }

    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static String object(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen in memory
        }
        return text.toString();
    }

    /** Writes the fields of {@link #SCHEMA}. */
    private void writeFields(JsonGenerator json) throws IOException {
        json.writeNumberField("id", payment.id());
        json.writeStringField("time", payment.time().toString());
        json.writeNumberField("customer", payment.customer());
        json.writeNumberField("terminal", payment.terminal());
        json.writeNumberField("amount", payment.amount());
        json.writeNumberField("score", rounded(score, SCORE_DECIMALS));
        json.writeBooleanField("alert", alert);
        json.writeStringField("model", model);
        json.writeStringField("lookup", lookup.toString());
        json.writeFieldName("features");
        json.writeArray(features, 0, features.length);
    }

    private static void write(Reason reason, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("feature", reason.feature());
        json.writeNumberField("value", rounded(reason.value(), 3));
        json.writeNumberField("usual", rounded(reason.usual(), 3));
        json.writeEndObject();
    }

    /** The score as it is written, in any format. */
    double roundedScore() {
        return rounded(score, SCORE_DECIMALS).doubleValue();
    }

    private static BigDecimal rounded(double value, int places) {
        return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
    }
}
