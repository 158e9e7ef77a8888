package lesson07;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.StructType;

/**
 * A window that is ordered by the score ends, by default, with the last row of the same score, so payments of equal scores
 * get equal figures whatever their order. In descending order nulls come last, and NaN first, so NaN becomes null. The
 * cards need a loop: which cards are blocked on a day depends on the day before.
 */
public class JudgeTheModel {

    private static final WindowSpec DAY = Window.partitionBy("day");
    private static final WindowSpec FROM_THIS_SCORE_UP =
            DAY.orderBy(col("score").desc());

    public Dataset<Row> quality(Dataset<Row> scores, Dataset<Row> reports, Instant night, int top) {
        LocalDate end = night.minus(Duration.ofDays(7)).atZone(ZoneOffset.UTC).toLocalDate();
        Dataset<Row> payments =
                labelled(scores, frauds(reports, night)).where(col("day").lt(lit(end)));
        return curves(payments).join(cards(payments, top), "day");
    }

    /** The ids of the frauds, each once. */
    Dataset<Row> frauds(Dataset<Row> reports, Instant night) {
        return reports.where(col("reported").leq(lit(night))).select("id").distinct();
    }

    /** The payments with their day, a score that is a number or null, and {@code fraud}, 1 or 0. */
    Dataset<Row> labelled(Dataset<Row> scores, Dataset<Row> frauds) {
        return scores.join(frauds.withColumn("fraud", lit(1)), scores.col("id").equalTo(frauds.col("id")), "left")
                .select(
                        to_date(col("time")).as("day"),
                        col("customer"),
                        when(not(isnan(col("score"))), col("score")).as("score"),
                        coalesce(col("fraud"), lit(0)).as("fraud"));
    }

    /** Columns {@code day}, {@code auc} and {@code ap}. */
    Dataset<Row> curves(Dataset<Row> payments) {
        Column isGenuine = lit(1).minus(col("fraud"));
        Column genuine = sum(isGenuine).over(DAY);
        Column above = sum(isGenuine).over(FROM_THIS_SCORE_UP);
        Column equal = sum(isGenuine).over(Window.partitionBy("day", "score"));
        Column precision =
                sum("fraud").over(FROM_THIS_SCORE_UP).divide(count(lit(1)).over(FROM_THIS_SCORE_UP));
        Column rank = try_divide(genuine.minus(above).plus(equal.divide(2)), genuine);
        return payments.withColumn("precision", precision)
                .withColumn("rank", rank)
                .groupBy("day")
                .agg(ofFrauds("rank").as("auc"), ofFrauds("precision").as("ap"));
    }

    private static Column ofFrauds(String column) {
        return avg(when(col("fraud").equalTo(1), col(column)));
    }

    /** Columns {@code day} and {@code cards}. */
    Dataset<Row> cards(Dataset<Row> payments, int top) {
        List<Row> cards = payments.groupBy("day", "customer")
                .agg(max("score").as("score"), max("fraud").as("fraud"))
                .orderBy(col("day"), col("score").desc(), col("customer"))
                .collectAsList();
        return table(payments, precision(cards, top));
    }

    /** By day, from cards with their day, customer, score and fraud, in the order in which they are checked. */
    private static Map<LocalDate, Double> precision(List<Row> cards, int top) {
        Map<LocalDate, Double> found = new TreeMap<>();
        Map<LocalDate, Integer> checked = new TreeMap<>();
        Set<Integer> blocked = new HashSet<>();
        for (Row card : cards) {
            LocalDate day = card.getLocalDate(0);
            found.putIfAbsent(day, 0.0);
            boolean isCard = !card.isNullAt(1) && !blocked.contains(card.getInt(1));
            if (isCard && checked.merge(day, 1, Integer::sum) <= top && card.<Integer>getAs("fraud") == 1) {
                blocked.add(card.getInt(1));
                found.merge(day, 1.0 / top, Double::sum);
            }
        }
        return found;
    }

    static Dataset<Row> table(Dataset<Row> payments, Map<LocalDate, Double> cards) {
        List<Row> rows = cards.entrySet().stream()
                .map(day -> RowFactory.create(day.getKey(), day.getValue()))
                .toList();
        return payments.sparkSession().createDataFrame(rows, StructType.fromDDL("day DATE, cards DOUBLE"));
    }
}
