package lesson10;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import workbook.check.diagnose.Misconception;

/** Wrong answers that people really give to {@link NoShuffleNeeded}. */
class NoShuffleNeededMisconceptions {

    private static final String[] BY_CUSTOMER = {"customer"};

    @Misconception(
            believed = "Adaptive execution finds the right plan while the query runs.",
            really =
                    "It decides when the shuffles before a join have been written: it then broadcasts the small side, but every"
                            + " payment has been moved. It removes no distinct, no repartition and no window.",
            concept = "Broadcast and adaptive execution")
    public static class LeavesItToAdaptiveExecution extends NoShuffleNeeded {
        @Override
        public Dataset<Row> rewritten(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            return windowed(payments.distinct()
                    .repartition(8, col("customer"))
                    .withColumn("customer", col("customer").cast("bigint"))
                    .join(customers, BY_CUSTOMER, "left")
                    .orderBy("time", "id")
                    .join(terminals, "terminal"));
        }
    }

    @Misconception(
            believed = "If the payments are repartitioned by the key first, the join need not shuffle.",
            really =
                    "The repartition is a shuffle itself, of every payment. And the join shuffles again: its key is the customer as a"
                            + " bigint, which is another partitioning.",
            concept = "Partitions and shuffles")
    public static class RepartitionsByKey extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            return payments.repartition(4, col("customer"))
                    .join(customers, BY_CUSTOMER, "left")
                    .join(broadcast(terminals), "terminal");
        }
    }

    @Misconception(
            believed = "Spark broadcasts a small table by itself. If it shuffles, it is for the cast of the key.",
            really =
                    "It does so only for a table whose size it can estimate. Without a hint, the joins shuffle both sides, whatever"
                            + " the types of the keys are.",
            concept = "Broadcast and adaptive execution")
    public static class GivesNoHint extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            return payments.withColumn("customer", col("customer").cast("bigint"))
                    .join(customers, BY_CUSTOMER, "left")
                    .join(terminals, "terminal");
        }
    }

    @Misconception(
            believed = "A query gets faster if it caches its input.",
            really =
                    "Only one that reads the input more than once. This one reads each table once, so it would only copy the payments"
                            + " into memory. They stay there until somebody calls unpersist.",
            concept = "Caching and memory")
    public static class CachesThePayments extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            return super.joined(payments.cache(), customers, terminals);
        }
    }

    @Misconception(
            believed = "Both keys should be int, so cast the bigint.",
            really =
                    "A number that is greater than any int cannot be cast: CAST_OVERFLOW ends the query. Spark widens the int by"
                            + " itself, which loses nothing.",
            concept = "Schemas")
    public static class CastsTheKeyToInt extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            return super.joined(
                    payments, customers.withColumn("customer", col("customer").cast("int")), terminals);
        }
    }

    @Misconception(
            believed = "distinct makes the data smaller before the grouping.",
            really =
                    "It has to compare every row with every equal one, so it moves all of them. Here no two are equal, since ids are"
                            + " unique.",
            concept = "Partitions and shuffles")
    public static class RemovesDuplicatesFirst extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            return super.joined(payments.distinct(), customers, terminals);
        }
    }

    @Misconception(
            believed = "Sort by time, then the last row of each group is the newest.",
            really =
                    "The sort is a shuffle of all payments by ranges, and the grouping that follows is another shuffle, which promises"
                            + " no order. Only a maximum says which row is the newest.",
            concept = "Partitions and shuffles")
    public static class SortsAndTakesTheLast extends NoShuffleNeeded {
        @Override
        Dataset<Row> grouped(Dataset<Row> joined) {
            return joined.orderBy("time", "id")
                    .groupBy("city", "kind")
                    .agg(
                            count(lit(1)).as("payments"),
                            sum("amount").as("revenue"),
                            last("id").as("newest"));
        }
    }

    @Misconception(
            believed = "To sort forty rows costs nothing.",
            really =
                    "It costs a second shuffle, and a job before it that looks for the ranges. Nobody asked for an order.",
            concept = "Partitions and shuffles")
    public static class SortsTheResult extends NoShuffleNeeded {
        @Override
        Dataset<Row> grouped(Dataset<Row> joined) {
            return super.grouped(joined).orderBy("city", "kind");
        }
    }

    @Misconception(
            believed = "The newest row of a group needs a window with row_number.",
            really =
                    "A window needs all rows of a group in one task, and moves every one. A maximum of (time, id) is computed in each"
                            + " partition first.",
            concept = "Window functions")
    public static class NumbersTheRows extends NoShuffleNeeded {
        @Override
        Dataset<Row> grouped(Dataset<Row> joined) {
            return windowed(joined);
        }
    }

    @Misconception(
            believed = "A hint makes a join a broadcast join, so broadcast the payments.",
            really =
                    "It does, and the driver collects all payments and sends them to every executor. With real data it runs out of"
                            + " memory. The small side is what is broadcast.",
            concept = "Broadcast and adaptive execution")
    public static class BroadcastsThePayments extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            Dataset<Row> withCity = payments.join(broadcast(customers), BY_CUSTOMER, "left");
            return broadcast(withCity).join(terminals, "terminal");
        }
    }

    @Misconception(
            believed = "A broadcast hint works on either side of a join.",
            really =
                    "Every row of the left side of a left join is kept, also one without a match, and a task that sees only a part of"
                            + " the right side cannot know that. Spark ignores the hint, and shuffles.",
            concept = "Broadcast and adaptive execution")
    public static class HintsThePreservedSide extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            return broadcast(payments).join(customers, BY_CUSTOMER, "left").join(terminals, "terminal");
        }
    }

    @Misconception(
            believed = "A left join cannot be a broadcast join. Make it an inner one.",
            really =
                    "It can, with the right side broadcast. An inner join loses the payments whose customer is unknown, and their"
                            + " revenue.",
            concept = "Joins")
    public static class JoinsInner extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            return payments.join(broadcast(customers), "customer").join(broadcast(terminals), "terminal");
        }
    }

    @Misconception(
            believed = "With one partition there is nothing to shuffle, and coalesce costs nothing.",
            really =
                    "coalesce moves no row, but what comes before it runs in as many tasks as it leaves: one task reads all"
                            + " payments, joins and adds them up, and the other cores are idle.",
            concept = "Partitions and shuffles")
    public static class Coalesces extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            return super.joined(payments, customers, terminals).coalesce(1);
        }
    }

    @Misconception(
            believed = "Add up by customer and terminal before the joins, then fewer rows are joined.",
            really =
                    "A join with a broadcast table moves no rows, so there is nothing to save. The grouping before it shuffles a row"
                            + " for each customer and terminal, and a second one follows.",
            concept = "Aggregation")
    public static class AddsUpBeforeTheJoin extends NoShuffleNeeded {
        @Override
        public Dataset<Row> rewritten(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            Dataset<Row> sums = payments.groupBy("customer", "terminal")
                    .agg(
                            count(lit(1)).as("payments"),
                            sum("amount").as("revenue"),
                            max(struct("time", "id")).as("newest"));
            return joined(sums, customers, terminals)
                    .groupBy("city", "kind")
                    .agg(
                            sum("payments").as("payments"),
                            sum("revenue").as("revenue"),
                            max("newest").getField("id").as("newest"));
        }
    }

    @Misconception(
            believed = "Spark broadcasts tables up to 10 MB, so raise the threshold.",
            really =
                    "The threshold is compared with an estimate. The size of these tables is unknown, which Spark takes for larger"
                            + " than any threshold. And the setting stays in the session.",
            concept = "Broadcast and adaptive execution")
    public static class RaisesTheThreshold extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            payments.sparkSession().conf().set("spark.sql.autoBroadcastJoinThreshold", "1g");
            return payments.join(customers, BY_CUSTOMER, "left").join(terminals, "terminal");
        }
    }

    @Misconception(
            believed = "The threshold is a setting of this query.",
            really =
                    "It is one of the session, and stays. At the greatest value there is, the next query broadcasts a table of any"
                            + " size. A hint concerns one join.",
            concept = "Broadcast and adaptive execution")
    public static class LeavesNoThreshold extends NoShuffleNeeded {
        @Override
        Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
            SparkSession spark = payments.sparkSession();
            spark.conf().set("spark.sql.autoBroadcastJoinThreshold", Long.MAX_VALUE);
            return payments.join(customers, BY_CUSTOMER, "left").join(terminals, "terminal");
        }
    }

    private static Dataset<Row> windowed(Dataset<Row> joined) {
        WindowSpec all = Window.partitionBy("city", "kind");
        WindowSpec newestFirst = all.orderBy(col("time").desc(), col("id").desc());
        return joined.withColumn("payments", count(lit(1)).over(all))
                .withColumn("revenue", sum("amount").over(all))
                .withColumn("place", row_number().over(newestFirst))
                .where("place = 1")
                .select(
                        col("city"),
                        col("kind"),
                        col("payments"),
                        col("revenue"),
                        col("id").as("newest"));
    }
}
