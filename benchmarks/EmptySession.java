///usr/bin/env jbang "$0" "$@" ; exit $?
// The baseline of benchmarks/first-row: a Spark session that does nothing. It uses only the libraries and the JVM
// options of the kit.
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
