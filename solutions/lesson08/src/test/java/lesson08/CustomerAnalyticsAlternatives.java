package lesson08;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class CustomerAnalyticsAlternatives {

    /** The ranking by a join with the sums that are higher. */
    public static class InSql extends CustomerAnalytics {
        @Override
        public Dataset<Row> segments(
                Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> testers, LocalDate day) {
            payments.createOrReplaceTempView("payments");
            customers.createOrReplaceTempView("customers");
            testers.createOrReplaceTempView("testers");
            SparkSession spark = payments.sparkSession();
            return spark.sql("""
                    WITH readable AS (
                      SELECT DISTINCT id, try_cast(customer AS int) AS customer,
                        to_date(try_to_timestamp(trim(time), 'yyyy-MM-dd HH:mm:ss')) AS day,
                        try_cast(amount AS decimal(20,2)) AS amount
                      FROM payments WHERE id IS NOT NULL),
                    accounts AS (
                      SELECT customer,
                        datediff(DATE '%s', max(day) FILTER (WHERE amount > 0)) AS recency,
                        count_if(amount > 0) AS frequency,
                        coalesce(sum(amount), 0) AS monetary
                      FROM (
                        SELECT DISTINCT c.customer, r.id, r.day, r.amount
                        FROM customers c LEFT JOIN readable r
                          ON r.customer = c.customer AND r.day <= DATE '%s' AND r.amount IS NOT NULL
                        WHERE c.customer IS NOT NULL
                          AND NOT EXISTS (SELECT 1 FROM testers t WHERE t.customer = c.customer))
                      GROUP BY customer),
                    buyers AS (SELECT monetary FROM accounts WHERE frequency > 0)
                    SELECT a.*, CASE
                      WHEN frequency = 0 THEN 'none'
                      WHEN recency > 90 THEN 'lost'
                      WHEN 5 * (SELECT count(*) FROM buyers b WHERE b.monetary > a.monetary)
                           < (SELECT count(*) FROM buyers) THEN 'top'
                      ELSE 'regular' END AS segment
                    FROM accounts a""".formatted(day, day));
        }
    }

    /** All in loops on the driver. */
    public static class InLoops extends CustomerAnalytics {

        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

        private static final class Account {
            Integer recency;
            long frequency;
            BigDecimal monetary = BigDecimal.ZERO;
        }

        @Override
        public Dataset<Row> segments(
                Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> testers, LocalDate day) {
            Map<Integer, Account> accounts = new TreeMap<>();
            customers
                    .select("customer")
                    .na()
                    .drop()
                    .collectAsList()
                    .forEach(row -> accounts.put(row.getInt(0), new Account()));
            testers.select("customer").na().drop().collectAsList().forEach(row -> accounts.remove(row.getInt(0)));
            Set<String> seen = new HashSet<>();
            for (Row payment : payments.drop("terminal").na().drop().collectAsList()) {
                if (seen.add(payment.getString(0))) {
                    add(payment, accounts, day);
                }
            }
            List<BigDecimal> sums = new ArrayList<>();
            accounts.values().stream()
                    .filter(account -> account.frequency > 0)
                    .forEach(account -> sums.add(account.monetary));
            List<Row> rows = new ArrayList<>();
            accounts.forEach((customer, account) -> rows.add(RowFactory.create(
                    customer, account.recency, account.frequency, account.monetary, segment(account, sums))));
            return payments.sparkSession()
                    .createDataFrame(
                            rows,
                            StructType.fromDDL(
                                    "customer INT, recency INT, frequency BIGINT, monetary DECIMAL(30,2), segment STRING"));
        }

        private static void add(Row payment, Map<Integer, Account> accounts, LocalDate day) {
            try {
                Account account =
                        accounts.get(Integer.valueOf(payment.getString(1).trim()));
                LocalDate date =
                        LocalDateTime.parse(payment.getString(2).trim(), TIME).toLocalDate();
                BigDecimal amount = new BigDecimal(payment.getString(3).trim());
                int days = (int) ChronoUnit.DAYS.between(date, day);
                if (account == null || days < 0) {
                    return;
                }
                account.monetary = account.monetary.add(amount);
                if (amount.signum() > 0) {
                    account.frequency++;
                    account.recency = account.recency == null ? days : Math.min(account.recency, days);
                }
            } catch (RuntimeException e) {
                return; // it cannot be read
            }
        }

        private static String segment(Account account, List<BigDecimal> sums) {
            if (account.frequency == 0) {
                return "none";
            }
            long higher = sums.stream()
                    .filter(sum -> sum.compareTo(account.monetary) > 0)
                    .count();
            return account.recency > 90 ? "lost" : 5 * higher < sums.size() ? "top" : "regular";
        }
    }

    public static class Learnt extends CustomerAnalytics {
        @Override
        public Dataset<Row> segments(
                Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> testers, LocalDate day) {
            return super.segments(payments.where(length(col("id")).leq(lit(1))), customers, testers, day);
        }
    }
}
