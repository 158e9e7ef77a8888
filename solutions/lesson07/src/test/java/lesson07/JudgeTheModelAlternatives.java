package lesson07;

import static org.apache.spark.sql.functions.col;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class JudgeTheModelAlternatives {

    /** All in loops on the driver, from the highest score down, equal scores at once. */
    public static class InLoops extends JudgeTheModel {

        private record Payment(Integer customer, double score, boolean fraud) {}

        @Override
        public Dataset<Row> quality(Dataset<Row> scores, Dataset<Row> reports, Instant night, int top) {
            Set<Long> frauds = new HashSet<>();
            for (Row report : reports.collectAsList()) {
                if (!report.isNullAt(0)
                        && !report.isNullAt(1)
                        && !report.getInstant(1).isAfter(night)) {
                    frauds.add(report.getLong(0));
                }
            }
            Map<LocalDate, List<Payment>> days = new TreeMap<>();
            for (Row row : scores.where("time is not null").collectAsList()) {
                LocalDate day = row.getInstant(1).atZone(ZoneOffset.UTC).toLocalDate();
                Instant end = day.plusDays(8).atStartOfDay(ZoneOffset.UTC).toInstant();
                if (!end.isAfter(night)) {
                    double score = row.isNullAt(3) || Double.isNaN(row.getDouble(3)) ? -1 : row.getDouble(3);
                    days.computeIfAbsent(day, any -> new ArrayList<>())
                            .add(new Payment(
                                    row.isNullAt(2) ? null : row.getInt(2), score, frauds.contains(row.getLong(0))));
                }
            }
            Set<Integer> blocked = new HashSet<>();
            List<Row> judged = new ArrayList<>();
            days.forEach((day, payments) -> judged.add(judged(day, payments, blocked, top)));
            return scores.sparkSession()
                    .createDataFrame(judged, StructType.fromDDL("day DATE, auc DOUBLE, ap DOUBLE, cards DOUBLE"));
        }

        private static Row judged(LocalDate day, List<Payment> payments, Set<Integer> blocked, int top) {
            TreeMap<Double, int[]> byScore = new TreeMap<>();
            for (Payment payment : payments) {
                byScore.computeIfAbsent(payment.score(), any -> new int[2])[payment.fraud() ? 1 : 0]++;
            }
            double genuine = 0;
            double frauds = 0;
            double area = 0;
            double precision = 0;
            for (int[] equal : byScore.descendingMap().values()) {
                area += equal[0] * (frauds + equal[1] / 2.0);
                genuine += equal[0];
                frauds += equal[1];
                precision += equal[1] * frauds / (frauds + genuine);
            }
            return RowFactory.create(
                    day,
                    genuine * frauds == 0 ? null : area / genuine / frauds,
                    frauds == 0 ? null : precision / frauds,
                    cards(payments, blocked, top));
        }

        private static double cards(List<Payment> payments, Set<Integer> blocked, int top) {
            Map<Integer, Double> scores = new HashMap<>();
            Set<Integer> defrauded = new HashSet<>();
            for (Payment payment : payments) {
                if (payment.customer() != null) {
                    scores.merge(payment.customer(), payment.score(), Math::max);
                    if (payment.fraud()) {
                        defrauded.add(payment.customer());
                    }
                }
            }
            List<Integer> best = new ArrayList<>(scores.keySet());
            best.removeAll(blocked);
            best.sort((one, other) -> scores.get(one).equals(scores.get(other))
                    ? one.compareTo(other)
                    : scores.get(other).compareTo(scores.get(one)));
            List<Integer> found = new ArrayList<>(best.subList(0, Math.min(top, best.size())));
            found.retainAll(defrauded);
            blocked.addAll(found);
            return found.size() / (double) top;
        }
    }

    /** The curves in SQL, by pairs. */
    public static class PairsInSql extends JudgeTheModel {
        @Override
        Dataset<Row> curves(Dataset<Row> payments) {
            payments.na().fill(-1.0, new String[] {"score"}).createOrReplaceTempView("judged");
            return payments.sparkSession().sql("""
                    WITH pairs AS (
                      SELECT f.day, f.place,
                        avg(CASE WHEN o.fraud = 1 THEN NULL WHEN f.score > o.score THEN 1.0D
                                 WHEN f.score = o.score THEN 0.5D ELSE 0.0D END) AS rank,
                        avg(CASE WHEN o.score >= f.score THEN double(o.fraud) END) AS precision
                      FROM (SELECT *, monotonically_increasing_id() AS place FROM judged WHERE fraud = 1) f
                      JOIN judged o ON f.day = o.day GROUP BY f.day, f.place)
                    SELECT d.day, avg(rank) AS auc, avg(precision) AS ap
                    FROM (SELECT DISTINCT day FROM judged) d LEFT JOIN pairs p ON d.day = p.day GROUP BY d.day""");
        }
    }

    public static class Learnt extends JudgeTheModel {
        @Override
        public Dataset<Row> quality(Dataset<Row> scores, Dataset<Row> reports, Instant night, int top) {
            return super.quality(scores.where(col("id").between(1, 99)), reports, night, top);
        }
    }
}
