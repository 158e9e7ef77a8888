package lesson10;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.udf;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Right answers written differently, and one that only knows the customers in the checkpoint. */
class NoShuffleNeededAlternatives {

    /** In SQL, with a hint for each join. */
    public static class InSql extends NoShuffleNeeded {
        @Override
        public Dataset<Row> rewritten(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            payments.createOrReplaceTempView("payments");
            customers.createOrReplaceTempView("customers");
            terminals.createOrReplaceTempView("terminals");
            return payments.sparkSession().sql("""
                    SELECT /*+ BROADCAST(c), BROADCAST(t) */
                      max_by(p.id, struct(p.time, p.id)) AS newest, kind, city, sum(amount) AS revenue, count(*) AS payments
                    FROM terminals t JOIN payments p ON t.terminal = p.terminal
                      LEFT JOIN customers c ON c.customer = p.customer
                    GROUP BY city, kind""");
        }
    }

    /** The small table on the other side of the outer join. */
    public static class JoinsOnTheRight extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            return customers
                    .hint("mapjoin")
                    .join(payments, new String[] {"customer"}, "right")
                    .join(terminals.hint("broadcast"), "terminal");
        }
    }

    /** Collects the small tables, and joins by a function. */
    public static class LooksUp extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            Map<Object, String> cities = collected(customers);
            Map<Object, String> kinds = collected(terminals);
            UDF1<Long, String> city = key -> cities.get(key);
            UDF1<Integer, String> kind = key -> kinds.get(key);
            return payments.where(col("terminal").isInCollection(kinds.keySet()))
                    .withColumn("city", udf(city, DataTypes.StringType).apply(expr("bigint(customer)")))
                    .withColumn("kind", udf(kind, DataTypes.StringType).apply(col("terminal")));
        }

        private static Map<Object, String> collected(Dataset<Row> table) {
            Map<Object, String> values = new HashMap<>();
            table.collectAsList().forEach(row -> values.put(row.get(0), row.getString(1)));
            values.remove(null);
            return values;
        }
    }

    public static class Learnt extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            return super.joined(payments, customers, terminals).where("amount IS NULL OR amount >= -4");
        }
    }
}
