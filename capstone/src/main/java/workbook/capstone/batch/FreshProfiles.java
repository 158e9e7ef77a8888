package workbook.capstone.batch;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.capstone.inference.ProfileHistory;
import workbook.capstone.inference.ProfileSums;
import workbook.capstone.inference.Profiles;
import workbook.capstone.spark.Lake;

/**
 * Rebuilds the profiles of customers and terminals from the payments in {@link Lake#SILVER} and the {@link
 * Chargebacks}. Windows are whole days, UTC, as in {@link ProfileHistory}.
 *
 * <p>Days before the stream come from the history, later days from the lake. After 37 days of the stream no window
 * reaches back to the history.
 *
 * @param lake the lake with both tables
 * @param history the days before the stream, from the first model
 */
record FreshProfiles(SparkSession spark, Lake lake, ProfileHistory history) {

    /**
     * Returns the profiles as of the start of the latest day that the stream has reached by this time, but not before
     * the end of the history. A fraud that was reported later counts as genuine.
     */
    Profiles asOf(Instant time) {
        Dataset<Row> payments = lake.read(spark, Lake.SILVER);
        LocalDate day = day(payments, time);
        Dataset<Row> unknown = payments.where(col("time").geq(midnight(history.end())));
        Dataset<Row> labelled = Chargebacks.label(unknown, lake.folder(), midnight(day));
        ProfileSums sums = history.sums(day);
        add(unknown, "customer", col("amount"), day, sums::addCustomer);
        add(
                labelled,
                "terminal",
                col("fraud").cast("int"),
                day.minusDays(ProfileHistory.LABEL_DELAY),
                sums::addTerminal);
        return sums.profiles(day);
    }

    private LocalDate day(Dataset<Row> payments, Instant time) {
        Instant last = payments.agg(max("time")).head().getInstant(0);
        LocalDate day =
                last == null ? history.end() : LocalDate.ofInstant(last.isBefore(time) ? last : time, ZoneOffset.UTC);
        return day.isBefore(history.end()) ? history.end() : day;
    }

    /**
     * Adds counts and sums of the windows that end at the start of this day. Spark aggregates; the driver collects one
     * row per key.
     */
    private static void add(
            Dataset<Row> payments, String key, Column value, LocalDate end, BiConsumer<Integer, double[]> to) {
        List<Column> figures = Profiles.WINDOWS.stream()
                .flatMap(days -> {
                    Column inWindow = col("time").geq(midnight(end.minusDays(days)));
                    return Stream.of(count_if(inWindow), coalesce(sum(when(inWindow, value)), lit(0)));
                })
                .map(figure -> figure.cast("double"))
                .toList();
        int longest = Profiles.WINDOWS.get(Profiles.WINDOWS.size() - 1);
        payments.where(col("time")
                        .geq(midnight(end.minusDays(longest)))
                        .and(col("time").lt(midnight(end))))
                .groupBy(key)
                .agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new))
                .collectAsList()
                .forEach(row -> to.accept(
                        row.getInt(0),
                        IntStream.range(1, row.size())
                                .mapToDouble(row::getDouble)
                                .toArray()));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
