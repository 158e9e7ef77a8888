package workbook.capstone.spark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import workbook.capstone.features.OnlineLookup;
import workbook.capstone.inference.Reason;
import workbook.kit.Payment;
import workbook.kit.spark.PaymentRow;

/** A payment with its score: a record of {@link workbook.capstone.streaming.Topics#SCORES}, and a row in the lake. */
record ScoredPayment(Payment payment, double score, boolean alert, String model, OnlineLookup.Source lookup,
        double[] features) {

    /**
     * The columns of {@link Payment#SCHEMA}, then {@code score} double, from 0 to 1, {@code alert} boolean,
     * {@code model} string, the name of the model that scored, {@code lookup} string, where the customer's figures came
     * from: {@code nightly}, {@code online} or {@code fallback}, as {@link OnlineLookup.Source} has them, and
     * {@code features} array of 15 doubles, what the model saw, in the order of
     * {@link workbook.capstone.inference.Features#NAMES}: a model trained on them sees what the scoring saw.
     */
    static final StructType SCHEMA = PaymentRow.SCHEMA
            .add("score", DataTypes.DoubleType)
            .add("alert", DataTypes.BooleanType)
            .add("model", DataTypes.StringType)
            .add("lookup", DataTypes.StringType)
            .add("features", DataTypes.createArrayType(DataTypes.DoubleType));

    String toJson() {
        return with(payment.toJson(), String.format(Locale.ROOT, "\"score\":%.6f,\"alert\":%b,\"model\":\"%s\","
                + "\"lookup\":\"%s\",\"features\":%s", score, alert, model, lookup, numbers()));
    }

    private String numbers() {
        return DoubleStream.of(features).mapToObj(Double::toString).collect(Collectors.joining(",", "[", "]"));
    }

    /** An alert's value: the same, and {@code reasons}, a list of {@code feature}, {@code value} and {@code usual}. */
    String toJson(List<Reason> reasons) {
        return with(toJson(), reasons.stream()
                .map(reason -> String.format(Locale.ROOT, "{\"feature\":\"%s\",\"value\":%.3f,\"usual\":%.3f}",
                        reason.feature(), reason.value(), reason.usual()))
                .collect(Collectors.joining(",", "\"reasons\":[", "]")));
    }

    private static String with(String json, String fields) {
        return json.substring(0, json.length() - 1) + "," + fields + "}";
    }
}
