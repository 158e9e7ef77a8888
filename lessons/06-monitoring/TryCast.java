///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** A text that is not a number, and the three ways in which SQL converts it. */
@Command(description = "CAST and TRY_CAST of a text that is not a number.")
public class TryCast extends SparkProgram {

    @Override
    protected void run(SparkSession spark) {
        evaluate(spark, true, "CAST('8,75' AS DECIMAL(10,2))");
        evaluate(spark, false, "CAST('8,75' AS DECIMAL(10,2))");
        evaluate(spark, true, "TRY_CAST('8,75' AS DECIMAL(10,2))");
    }

    private static void evaluate(SparkSession spark, boolean ansi, String expression) {
        spark.conf().set("spark.sql.ansi.enabled", ansi); // true is Spark 4's default
        Object result;
        try {
            result = spark.sql("SELECT " + expression).head().get(0);
        } catch (RuntimeException e) {
            result = e.getMessage().split("\\. ")[0];
        }
        System.out.printf("    %-33s  ansi %-5b  %s%n", expression, ansi, result);
    }

    public static void main(String[] args) {
        Program.run(new TryCast(), args);
    }
}
