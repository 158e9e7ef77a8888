package lesson07;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;
import workbook.kit.models.PublishedModels;

/**
 * Scores each payment by the current model, while new models are published. A brick of the capstone.
 *
 * <p><b>In:</b> a stream of payments: {@code id} bigint, a column for each feature, and further columns, none of them
 * named like those below. A feature's column has the name of the feature, exactly, and any numeric type; its values may
 * be null, NaN or infinite. And the {@linkplain PublishedModels published models}. {@code currentName()} is cheap,
 * {@code load(name)} takes long. Each {@linkplain workbook.kit.models.ScoringModel model} names its features.
 *
 * <p><b>Out:</b> one row for every payment, in append mode: all its columns, unchanged, and
 * <table>
 * <caption>Further columns</caption>
 * <tr><td>{@code score}</td><td>double</td><td>the model's score; null if it is refused</td></tr>
 * <tr><td>{@code alert}</td><td>boolean</td><td>whether that score is an alert of this model; null if refused</td></tr>
 * <tr><td>{@code model}</td><td>string</td><td>the name of the model that scored it; null if refused</td></tr>
 * <tr><td>{@code refused}</td><td>string</td><td>why there is no score, else null</td></tr>
 * </table>
 *
 * <p><b>Refused</b> is a payment if one of the model's features has no value: it has no column, or is null, NaN or
 * infinite there. {@code refused} then names all such features in alphabetical order: {@code "amount"},
 * {@code "amount, mean"}. Zero and negative numbers are values. As long as no model has been loaded,
 * it is {@code "no model"}.
 *
 * <p><b>Which model:</b> the one that was current when the payment's batch began, or one that became so later. If {@code
 * load} throws, or {@code currentName()} throws or returns nothing, the model used before stays, and the query goes on.
 * A model that could not be loaded is tried again only when it becomes the current one again, after another.
 *
 * <p><b>Done means:</b> a JVM loads a model at most once each time it becomes the current one, whether that succeeds or
 * not, however many payments, batches and tasks there are, also if several tasks need it at the same moment. It loads no
 * other. Queries with different published models in one JVM do not affect each other; those with equal ones share the
 * model.
 *
 * <p>Check it with {@code mvn test -Dlesson=07 -Dexercise=ScorePayments}; hints are in
 * {@code exercises/lesson07/hints/ScorePayments.md}.
 */
public class ScorePayments {

    public Dataset<Row> scores(Dataset<Row> payments, PublishedModels models) {
        throw new Unsolved();
    }
}
