package lesson03;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A window function looks from each row at its neighbours. The id makes the order one without ties; and the frame is said,
 * since the one that SQL assumes takes in all rows that are equal in order to the current one.
 */
public class CustomerSpend {

    public Dataset<Row> spend(Dataset<Row> payments) {
        payments.createOrReplaceTempView("payments");
        return payments.sparkSession().sql("""
                SELECT id, customer,
                       row_number() OVER so_far AS nth,
                       sum(amount)  OVER so_far AS spent
                FROM payments
                WHERE customer IS NOT NULL
                WINDOW so_far AS (PARTITION BY customer ORDER BY time, id
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)""");
    }
}
