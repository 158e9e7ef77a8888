///usr/bin/env jbang "$0" "$@" ; exit $?
// The yardstick of benchmarks/first-row: a Spark session that does nothing, with the JVM options of every lesson.
//JAVA 17+
//SOURCES ../kit/src/main/java/workbook/kit/*.java

import org.apache.spark.sql.SparkSession;
import workbook.kit.LocalSpark;

class EmptySession {
    public static void main(String[] args) throws Exception {
        try (SparkSession spark = LocalSpark.start("EmptySession")) {
            System.out.println("Spark " + spark.version());
        }
    }
}
