package lesson10;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.explode_outer;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import workbook.check.diagnose.Misconception;

/** Wrong answers that people really give to {@link TameTheSkew}. */
class TameTheSkewMisconceptions {

    /** The join and the grouping without parts. */
    static class Plain extends TameTheSkew {
        @Override
        public Dataset<Row> enriched(Dataset<Row> payments, Dataset<Row> history) {
            return summed(joined(payments, history));
        }

        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> history) {
            return payments.as("p").join(history.as("h"), expr("p.customer = h.customer AND h.time < p.time"), "left");
        }
    }

    @Misconception(
            believed = "Adaptive execution splits skewed partitions by itself.",
            really =
                    "Of a join, above 256 MB, and only if that costs no further shuffle. The grouping by id and customer uses the"
                            + " partitions of the join as they are; if they were split, it would need a shuffle of its own.",
            concept = "Broadcast and adaptive execution")
    public static class LeavesItToAdaptiveExecution extends Plain {}

    @Misconception(
            believed = "Adaptive execution can be told to split all the same.",
            really =
                    "With forceOptimizeSkewedJoin and a lower threshold it splits, at the price of a shuffle. But these are settings of"
                            + " the session, not of this query: every later query has them, too.",
            concept = "Broadcast and adaptive execution")
    public static class ForcesTheSplit extends Plain {
        @Override
        public Dataset<Row> enriched(Dataset<Row> payments, Dataset<Row> history) {
            RuntimeConfig settings = payments.sparkSession().conf();
            settings.set("spark.sql.adaptive.forceOptimizeSkewedJoin", true);
            settings.set("spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes", "1k");
            settings.set("spark.sql.adaptive.advisoryPartitionSizeInBytes", "1k");
            return super.enriched(payments, history);
        }
    }

    @Misconception(
            believed = "More partitions are smaller partitions.",
            really =
                    "Equal keys have equal hashes: with any number of partitions, all rows of a customer are in one. Only the others"
                            + " get smaller.",
            concept = "Skew")
    public static class TakesMorePartitions extends Plain {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> history) {
            return super.joined(payments.repartition(100, col("customer")), history);
        }
    }

    @Misconception(
            believed = "repartition(n) without a key makes equal partitions, so the join has equal ones.",
            really =
                    "It does, until the join shuffles by its key. Then the rows of a customer are together again, and all have been"
                            + " moved twice.",
            concept = "Skew")
    public static class DealsTheRowsOut extends Plain {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> history) {
            return super.joined(payments.repartition(64), history);
        }
    }

    @Misconception(
            believed = "A random number spreads rows best.",
            really =
                    "It does, and is another one when the task runs again after a failure. Rows that the next stage has fetched go to"
                            + " another task this time: some are lost, some are there twice.",
            concept = "Skew")
    public static class DrawsAPart extends TameTheSkew {
        @Override
        Dataset<Row> divided(Dataset<Row> payments) {
            return payments.withColumn("part", rand().multiply(parts()).cast("int"));
        }
    }

    @Misconception(
            believed = "With a seed, random numbers are the same in every run.",
            really =
                    "The n-th row of a partition gets the n-th number. A task that is repeated after a shuffle may get its rows in"
                            + " another order, and each row another number.",
            concept = "Skew")
    public static class DrawsAPartWithASeed extends TameTheSkew {
        @Override
        Dataset<Row> divided(Dataset<Row> payments) {
            return payments.withColumn("part", rand(42).multiply(parts()).cast("int"));
        }
    }

    @Misconception(
            believed = "Both sides get a part, each from its own values.",
            really =
                    "A payment then meets only the rows of the history that happen to be in the same part, one in sixteen. One side is"
                            + " divided, and the other copied.",
            concept = "Skew")
    public static class CopiesNothing extends TameTheSkew {
        @Override
        Dataset<Row> copied(Dataset<Row> history) {
            return history.withColumn("part", pmod(hash(col("time"), col("amount")), lit(parts())));
        }
    }

    @Misconception(
            believed = "The part is the remainder of the id.",
            really =
                    "In Java and SQL, the remainder of a negative number is negative, and no copy has such a part. pmod is never"
                            + " negative.",
            concept = "Skew")
    public static class TakesTheRemainder extends TameTheSkew {
        @Override
        Dataset<Row> divided(Dataset<Row> payments) {
            return payments.withColumn("part", col("id").mod(parts()));
        }
    }

    @Misconception(
            believed = "A hash of the key spreads the rows.",
            really =
                    "It is the same for all rows of the customer, as the partition is. Only a value that differs between the rows"
                            + " divides them.",
            concept = "Skew")
    public static class HashesTheKey extends TameTheSkew {
        @Override
        Dataset<Row> divided(Dataset<Row> payments) {
            return payments.withColumn("part", pmod(hash(col("customer")), lit(parts())));
        }
    }

    @Misconception(
            believed = "Two halves are half as large.",
            really =
                    "Half of nine tenths is still 45 % of all payments. There must be so many parts that one, or two that meet in a"
                            + " task, are small.",
            concept = "Skew")
    public static class DividesInTwo extends TameTheSkew {
        @Override
        int parts() {
            return 2;
        }
    }

    @Misconception(
            believed = "The more parts, the better.",
            really =
                    "The history is copied for each part, and the copies are shuffled and sorted as well. With a thousand parts, the"
                            + " copies are the large table.",
            concept = "Skew")
    public static class DividesInAThousand extends TameTheSkew {
        @Override
        int parts() {
            return 1000;
        }
    }

    @Misconception(
            believed = "It is customer 7 who is large. Divide only his payments.",
            really =
                    "That is right today. Tomorrow it is another customer, or null after a fault of a terminal, and the query is slow"
                            + " again.",
            concept = "Skew")
    public static class KnowsTheCustomer extends TameTheSkew {
        @Override
        Dataset<Row> divided(Dataset<Row> payments) {
            return payments.withColumn("part", expr("if(customer = 7, pmod(hash(id), " + parts() + "), 0)"));
        }
    }

    @Misconception(
            believed = "Rows without a key match nothing, so leave them out.",
            really =
                    "A left join keeps them, and the result has a row for each payment. They need no join, but they need to be in the"
                            + " result.",
            concept = "Nulls")
    public static class DropsPaymentsWithoutACustomer extends TameTheSkew {
        @Override
        Dataset<Row> divided(Dataset<Row> payments) {
            return super.divided(payments.where(col("customer").isNotNull()));
        }
    }

    @Misconception(
            believed = "The sum is what is slow: add up in parts first, then the parts.",
            really =
                    "A sum is computed within each task before its shuffle, so it has no skew to divide. The rows of the customer have"
                            + " come together before, in the join.",
            concept = "Skew")
    public static class DividesTheSum extends Plain {
        @Override
        Dataset<Row> summed(Dataset<Row> joined) {
            Column part = pmod(hash(col("h.time")), lit(parts())).as("part");
            return joined.groupBy(col("p.id"), part)
                    .agg(
                            first("p.customer").as("customer"),
                            count("h.customer").as("rows"),
                            count("h.amount").as("amounts"),
                            sum("h.amount").as("amount"))
                    .groupBy("id", "customer")
                    .agg(
                            sum("rows").as("earlier"),
                            sum("amount").cast("decimal(20,2)").as("spent"),
                            sum("amount")
                                    .divide(sum("amounts"))
                                    .cast("decimal(14,6)")
                                    .as("mean"));
        }
    }

    @Misconception(
            believed = "The mean of the parts' means is the mean.",
            really =
                    "Only if all parts have the same number of rows. Parts are added up: sums and numbers, and the division comes last.",
            concept = "Aggregation")
    public static class AveragesAverages extends TameTheSkew {
        @Override
        Dataset<Row> divided(Dataset<Row> payments) {
            return payments.withColumn("part", explode(sequence(lit(0), lit(parts() - 1))));
        }

        @Override
        Dataset<Row> copied(Dataset<Row> history) {
            return history.withColumn("part", pmod(hash(col("time")), lit(parts())));
        }

        @Override
        Dataset<Row> summed(Dataset<Row> joined) {
            return joined.groupBy("p.id", "p.customer", "p.part")
                    .agg(
                            count("h.customer").as("rows"),
                            sum("h.amount").as("amount"),
                            avg("h.amount").as("average"))
                    .groupBy("id", "customer")
                    .agg(
                            sum("rows").as("earlier"),
                            sum("amount").as("spent"),
                            avg("average").cast("decimal(14,6)").as("mean"));
        }
    }

    @Misconception(
            believed = "A window over the payments and the history needs no join, so there is no skew.",
            really =
                    "A window moves all rows of a customer to one task, as the join does, and adaptive execution splits no window.",
            concept = "Window functions")
    public static class UsesAWindow extends TameTheSkew {
        @Override
        public Dataset<Row> enriched(Dataset<Row> payments, Dataset<Row> history) {
            payments.createOrReplaceTempView("payments");
            history.createOrReplaceTempView("history");
            return payments.sparkSession().sql("""
                    SELECT id, customer,
                      if(customer IS NULL OR time IS NULL, 0, earlier) AS earlier,
                      if(customer IS NULL OR time IS NULL, NULL, spent) AS spent,
                      if(customer IS NULL OR time IS NULL, NULL, mean) AS mean
                    FROM (
                      SELECT *, count(past) OVER w AS earlier, sum(amount) OVER w AS spent, avg(amount) OVER w AS mean
                      FROM (
                        SELECT id, customer, time, NULL AS amount, NULL AS past FROM payments
                        UNION ALL
                        SELECT NULL, customer, time, amount, true FROM history WHERE time IS NOT NULL)
                      WINDOW w AS (PARTITION BY customer ORDER BY time
                        RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL '0.000001' SECOND PRECEDING))
                    WHERE id IS NOT NULL""");
        }
    }

    @Misconception(
            believed = "A broadcast join has no shuffle, and so no skew.",
            really =
                    "That is the best way for a small table. This history stands for a large one: each executor would have to keep all"
                            + " of it in memory, and the driver first.",
            concept = "Broadcast and adaptive execution")
    public static class BroadcastsTheHistory extends Plain {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> history) {
            return super.joined(payments, broadcast(history));
        }
    }

    @Misconception(
            believed = "A map that a function uses is no broadcast.",
            really =
                    "It is one without the name: the driver collects the whole history, and each task gets a copy with its function.",
            concept = "Broadcast and adaptive execution")
    public static class LooksItUpInAMap extends TameTheSkew {
        @Override
        public Dataset<Row> enriched(Dataset<Row> payments, Dataset<Row> history) {
            Map<Object, List<Row>> rows =
                    history.where("customer IS NOT NULL AND time IS NOT NULL").collectAsList().stream()
                            .collect(Collectors.groupingBy(row -> row.get(0)));
            UDF2<Integer, Instant, List<Row>> earlier = (customer, time) -> time == null
                    ? List.of()
                    : rows.getOrDefault(customer, List.of()).stream()
                            .filter(row -> row.getInstant(1).isBefore(time))
                            .toList();
            Column found =
                    udf(earlier, DataTypes.createArrayType(history.schema())).apply(col("customer"), col("time"));
            return summed(payments.as("p").withColumn("h", explode_outer(found)));
        }
    }
}
