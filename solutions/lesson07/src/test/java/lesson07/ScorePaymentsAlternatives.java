package lesson07;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import workbook.kit.models.PublishedModels;
import workbook.kit.models.ScoringModel;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class ScorePaymentsAlternatives {

    /** Looks once per task; what was loaded, or not, is a value of the map. */
    public static class OnceATask extends ScorePayments {

        private record Loaded(String name, Optional<ScoringModel> model, Named usable) {}

        private static final Map<PublishedModels, Loaded> MODELS = new ConcurrentHashMap<>();

        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            MapPartitionsFunction<Row, Row> score = rows -> {
                Loaded loaded = MODELS.compute(models, OnceATask::look);
                Named usable = loaded == null ? null : loaded.usable();
                return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
                        .map(row -> scored(row, usable))
                        .iterator();
            };
            return payments.mapPartitions(score, Encoders.row(schema(payments.schema())));
        }

        private static Loaded look(PublishedModels models, Loaded before) {
            String name;
            try {
                name = models.currentName().orElse(null);
            } catch (RuntimeException e) {
                return before;
            }
            if (name == null || before != null && before.name().equals(name)) {
                return before;
            }
            Named usable = before == null ? null : before.usable();
            try {
                ScoringModel model = models.load(name);
                return new Loaded(name, Optional.of(model), new Named(name, model));
            } catch (RuntimeException e) {
                return new Loaded(name, Optional.empty(), usable);
            }
        }
    }

    /** A function on a struct with all columns, and its result's fields as columns. */
    public static class WithAUdf extends ScorePayments {

        private static final StructType RESULT =
                StructType.fromDDL("score DOUBLE, alert BOOLEAN, model STRING, refused STRING");

        private static final Map<PublishedModels, Named> USED = new ConcurrentHashMap<>();
        private static final Map<PublishedModels, String> SEEN = new ConcurrentHashMap<>();

        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            UDF1<Row, Row> score = payment -> {
                Row scored = scored(payment, current(models));
                int size = payment.size();
                return RowFactory.create(
                        scored.get(size), scored.get(size + 1), scored.get(size + 2), scored.get(size + 3));
            };
            Column[] all = Arrays.stream(payments.columns()).map(functions::col).toArray(Column[]::new);
            List<Column> columns = new ArrayList<>(List.of(all));
            columns.add(col("result.*"));
            return payments.withColumn(
                            "result", udf(score, RESULT).asNondeterministic().apply(struct(all)))
                    .select(columns.toArray(Column[]::new));
        }

        private static synchronized Named current(PublishedModels models) {
            try {
                Optional<String> name = models.currentName();
                if (name.isPresent() && !name.get().equals(SEEN.put(models, name.get()))) {
                    USED.put(models, new Named(name.get(), models.load(name.get())));
                }
            } catch (RuntimeException e) {
                // The model before stays.
            }
            return USED.get(models);
        }
    }

    public static class Learnt extends ScorePayments {
        @Override
        public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
            return super.scores(payments.where("id is null or id < 100"), models);
        }
    }
}
