package lesson10;

import java.util.Arrays;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.RDDInfo;
import scala.jdk.javaapi.CollectionConverters;
import workbook.check.spark.SharedSpark;

/** The cache of the shared session. */
final class Cache {

    private Cache() {}

    /** Removes what an earlier answer has left. */
    static void clear() {
        SharedSpark.session().catalog().clearCache();
        CollectionConverters.asJava(context().getPersistentRDDs())
                .values()
                .forEach(rdd -> ((RDD<?>) rdd).unpersist(true));
    }

    static String datasets() {
        var session = (org.apache.spark.sql.classic.SparkSession) SharedSpark.session();
        return session.sharedState().cacheManager().isEmpty() ? "none" : "some";
    }

    static int rdds() {
        return context().getPersistentRDDs().size();
    }

    static long bytes() {
        return Arrays.stream(context().getRDDStorageInfo())
                .mapToLong((RDDInfo rdd) -> rdd.memSize() + rdd.diskSize())
                .sum();
    }

    private static SparkContext context() {
        return SharedSpark.session().sparkContext();
    }
}
