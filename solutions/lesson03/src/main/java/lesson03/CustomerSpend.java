package lesson03;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Numbers and adds up payments with window functions. The id makes the order unique. The frame is explicit, because the
 * default frame includes all rows that are equal in order to the current one.
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
