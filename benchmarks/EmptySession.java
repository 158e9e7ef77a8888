///usr/bin/env jbang "$0" "$@" ; exit $?
// The yardstick of benchmarks/first-row: a Spark session that does nothing. From the kit it takes only the libraries
// and the JVM options.
//JAVA 17+
//SOURCES ../kit/spark/src/main/java/workbook/kit/spark/*.java

import org.apache.spark.sql.SparkSession;

class EmptySession {
    public static void main(String[] args) throws Exception {
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .getOrCreate()) {
            System.out.println("Spark " + spark.version());
        }
    }
}
