package lesson10;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import workbook.check.diagnose.Misconception;

/** Wrong answers that people really give to {@link OneScan}. */
class OneScanMisconceptions {

    @Misconception(
            believed = "A variable holds the rows that were computed once. The three reports share them.",
            really =
                    "A Dataset is a description. Each of the three actions computes it from its source, and the payments are read"
                            + " three times.",
            concept = "Lazy evaluation")
    public static class CachesNothing extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            write(used(payments), sinks);
        }
    }

    @Misconception(
            believed = "Cache what is handed over: then the sinks read from memory.",
            really =
                    "Each report is read once, so keeping it saves nothing. Filling the three caches reads the payments three"
                            + " times. What is used three times is the Dataset before the reports.",
            concept = "Caching and memory")
    public static class CachesTheReports extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            Dataset<Row> used = used(payments);
            List<Dataset<Row>> reports = List.of(revenue(used, "customer"), revenue(used, "terminal"), largest(used));
            reports.forEach(report -> report.persist().count());
            try {
                sinks.customers(reports.get(0));
                sinks.terminals(reports.get(1));
                sinks.largest(reports.get(2));
            } finally {
                reports.forEach(Dataset::unpersist);
            }
        }
    }

    @Misconception(
            believed = "The last report is made of cached rows, so the cache can go before it is written.",
            really =
                    "Nothing of the report has been computed when its Dataset is made. Its action finds no cache, and reads the payments"
                            + " again.",
            concept = "Lazy evaluation")
    public static class ReleasesTooEarly extends OneScan {
        @Override
        void write(Dataset<Row> used, Sinks sinks) {
            sinks.customers(revenue(used, "customer"));
            sinks.terminals(revenue(used, "terminal"));
            Dataset<Row> largest = largest(used);
            used.unpersist();
            sinks.largest(largest);
        }
    }

    @Misconception(
            believed = "A count() loads the payments. After it they are there.",
            really =
                    "It is an action like any other: it reads all payments, and keeps none of them. Only actions after persist() fill a cache, and"
                            + " the first report would have done so.",
            concept = "Lazy evaluation")
    public static class CountsFirst extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            System.out.println(payments.count() + " payments");
            super.reports(payments, sinks);
        }
    }

    @Misconception(
            believed = "Looking at a plan changes nothing. It can be logged anywhere.",
            really =
                    "A Dataset is planned once. This one was planned before persist(), without the cache, and does not look for it"
                            + " afterwards. Reports that are planned later use it.",
            concept = "Caching and memory")
    public static class ExplainsBeforeItCaches extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            Dataset<Row> used = used(payments);
            Dataset<Row> customers = revenue(used, "customer");
            customers.queryExecution().executedPlan(); // as explain() does
            used.persist();
            try {
                sinks.customers(customers);
                sinks.terminals(revenue(used, "terminal"));
                sinks.largest(largest(used));
            } finally {
                used.unpersist();
            }
        }
    }

    @Misconception(
            believed = "The RDD of a Dataset is the Dataset. If it is cached, so are the queries on it.",
            really =
                    "Only what is computed from this RDD object uses its blocks. A query on the Dataset has a plan of its own, which does"
                            + " not contain it, and reads the payments again.",
            concept = "Caching and memory")
    public static class CachesTheRdd extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            Dataset<Row> used = used(payments);
            JavaRDD<Row> rows = used.javaRDD().persist(StorageLevel.MEMORY_AND_DISK());
            try {
                rows.count();
                write(used, sinks);
            } finally {
                rows.unpersist();
            }
        }
    }

    @Misconception(
            believed = "When the method ends, nobody refers to the Dataset any more, and its memory is freed.",
            really =
                    "The session's cache refers to it. It stays until unpersist(), or until the application ends, and takes memory from"
                            + " every later job.",
            concept = "Caching and memory")
    public static class ReleasesNothing extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            write(used(payments).persist(), sinks);
        }
    }

    @Misconception(
            believed = "localCheckpoint() is a cache that needs no unpersist().",
            really =
                    "It computes the rows at once and keeps them as blocks of an RDD, which unpersist() of a Dataset does not"
                            + " know. They stay until the garbage collector of the driver finds that nothing refers to the RDD.",
            concept = "Caching and memory")
    public static class Checkpoints extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            Dataset<Row> used = used(payments).localCheckpoint();
            write(used, sinks);
            used.unpersist();
        }
    }

    @Misconception(
            believed =
                    "Cache the source first. Everything after it is fast, and the optimizer drops what it does not need.",
            really =
                    "A cache has all columns and rows of the Dataset that is marked: a later query cannot remove any. Here nine"
                            + " tenths of it are receipts and declined payments, also with MEMORY_ONLY_SER.",
            concept = "Caching and memory")
    public static class CachesTheSource extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            payments.persist(StorageLevel.MEMORY_ONLY_SER());
            try {
                write(used(payments), sinks);
            } finally {
                payments.unpersist();
            }
        }
    }

    @Misconception(
            believed = "Collect the rows, and add up in a loop. Then they are read once.",
            really = "They are, and all of them are in the driver's memory, which has room for results.",
            concept = "Drivers and executors")
    public static class CollectsThePayments extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            SparkSession spark = payments.sparkSession();
            List<Row> rows = used(payments).collectAsList();
            write(spark.createDataFrame(rows, used(payments).schema()), sinks);
        }
    }

    @Misconception(
            believed = "The last statement of a method releases what the method has used.",
            really =
                    "After an exception it is not executed. The cache stays full, and a job that is tried again fills another one.",
            concept = "Caching and memory")
    public static class ReleasesOnlyAfterSuccess extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            Dataset<Row> used = used(payments).persist();
            write(used, sinks);
            used.unpersist();
        }
    }

    @Misconception(
            believed = "One report that fails should not stop the job. Log it.",
            really =
                    "Whoever started the job is told that all reports are written. Nobody reads the log, and nobody tries again.",
            concept = "Delivery guarantees")
    public static class LogsTheException extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            try {
                super.reports(payments, sinks);
            } catch (RuntimeException e) {
                System.out.println("not written: " + e.getMessage());
            }
        }
    }

    @Misconception(
            believed = "clearCache() at the end leaves no doubt.",
            really =
                    "There is one cache for all that use the session, even for all sessions of the context. The others' Datasets go"
                            + " with it, and are computed again.",
            concept = "Caching and memory")
    public static class ClearsTheCache extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            try {
                write(used(payments).persist(), sinks);
            } finally {
                payments.sparkSession().catalog().clearCache();
            }
        }
    }

    @Misconception(
            believed = "What derives from the payments is released with them; to be sure, release both.",
            really =
                    "unpersist() concerns the Dataset with this plan, whoever has marked it. These payments were cached by the"
                            + " caller. dropTempView() of a view of them does the same.",
            concept = "Caching and memory")
    public static class ReleasesTheSource extends OneScan {
        @Override
        public void reports(Dataset<Row> payments, Sinks sinks) {
            try {
                super.reports(payments, sinks);
            } finally {
                payments.unpersist();
            }
        }
    }

    @Misconception(
            believed = "A payment without a customer belongs to no customer, and is left out.",
            really = "The task counts all payments: a sum that leaves some out is not the day's revenue.",
            concept = "Nulls")
    public static class LeavesNullsOut extends OneScan {
        @Override
        Dataset<Row> revenue(Dataset<Row> used, String by) {
            return super.revenue(used.where(col(by).isNotNull()), by);
        }
    }

    @Misconception(
            believed = "orderBy(amount).limit(3) gives the three largest, always the same.",
            really =
                    "Of equal amounts it takes those that come first, which depends on the partitions. An order is complete only"
                            + " with a unique column.",
            concept = "Partitions and shuffles")
    public static class OrdersByAmountOnly extends OneScan {
        @Override
        Dataset<Row> largest(Dataset<Row> used) {
            return used.orderBy(col("amount").desc()).limit(3).select("id", "amount");
        }
    }

    @Misconception(
            believed = "A double is a number like any other.",
            really = "A sum of doubles is not exact, and depends on the order of the rows.",
            concept = "Money and floating point")
    public static class AddsDoubles extends OneScan {
        @Override
        Dataset<Row> revenue(Dataset<Row> used, String by) {
            return super.revenue(used.withColumn("amount", col("amount").cast("double")), by);
        }
    }
}
