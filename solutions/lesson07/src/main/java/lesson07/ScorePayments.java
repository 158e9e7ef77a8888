package lesson07;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import workbook.kit.models.PublishedModels;
import workbook.kit.models.ScoringModel;

/**
 * The model is an object of the JVM, not of the query, the task or the row: a map from the published models to the one in
 * use. Each payment asks for the current name, which is cheap. When it is a new one, one thread loads the model, and the
 * others wait. The name is noted before, so that a model that cannot be loaded is not tried again.
 */
public class ScorePayments {

    public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
        MapFunction<Row, Row> score =
                payment -> scored(payment, Scoring.of(models).current());
        return payments.map(score, Encoders.row(schema(payments.schema())));
    }

    static StructType schema(StructType payments) {
        return payments.add("score", "double")
                .add("alert", "boolean")
                .add("model", "string")
                .add("refused", "string");
    }

    static Row scored(Row payment, Named current) {
        if (current == null) {
            return with(payment, null, null, null, "no model");
        }
        Map<String, Double> features = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (String feature : current.model().features()) {
            double value = value(payment, feature);
            if (Double.isFinite(value)) {
                features.put(feature, value);
            } else {
                missing.add(feature);
            }
        }
        return missing.isEmpty()
                ? scored(payment, current, features)
                : with(payment, null, null, null, String.join(", ", missing));
    }

    static Row scored(Row payment, Named current, Map<String, Double> features) {
        double score = current.model().score(features);
        return with(payment, score, current.model().isAlert(score), current.name(), null);
    }

    /** The value of a feature; NaN if there is none. */
    static double value(Row payment, String feature) {
        Option<Object> column = payment.schema().getFieldIndex(feature);
        Number value = column.isEmpty() ? null : payment.getAs((int) column.get());
        return value == null ? Double.NaN : value.doubleValue();
    }

    private static Row with(Row payment, Object... more) {
        Object[] values = new Object[payment.size() + more.length];
        for (int i = 0; i < payment.size(); i++) {
            values[i] = payment.get(i);
        }
        System.arraycopy(more, 0, values, payment.size(), more.length);
        return RowFactory.create(values);
    }

    /** A model and its name. */
    record Named(String name, ScoringModel model) {}

    /** The model in use in this JVM. */
    private static final class Scoring {

        private static final Map<PublishedModels, Scoring> IN_THIS_JVM = new ConcurrentHashMap<>();

        private final PublishedModels models;
        private Named current;
        private String seen = "";

        private Scoring(PublishedModels models) {
            this.models = models;
        }

        static Scoring of(PublishedModels models) {
            return IN_THIS_JVM.computeIfAbsent(models, Scoring::new);
        }

        synchronized Named current() {
            try {
                String name = models.currentName().orElse(seen);
                if (!name.equals(seen)) {
                    seen = name;
                    current = new Named(name, models.load(name));
                }
            } catch (RuntimeException e) {
                // The model before stays. The column `model` shows which one that is.
            }
            return current;
        }
    }
}
