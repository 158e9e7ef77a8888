///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import java.util.*;
import org.apache.spark.api.java.*;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import picocli.CommandLine.Command;
import scala.Tuple2;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Counts how often lines are read: transformations read none, each action reads what it needs. */
@Command(description = "Which calls read the input.")
public class LazyEvaluation extends SparkProgram {

    static final List<String> LINES = List.of(
            "spark reads my stream",
            "my stream is late",
            "late is not lost",
            "spark is not magic",
            "is my spark late",
            "no");

    static final TextTable TABLE = new TextTable("%-26s  %s");

    /** The word count whose shuffle files the second action reads. */
    static JavaPairRDD<String, Long> countWords(JavaRDD<String> lines) {
        return lines.flatMap(line -> List.of(line.split(" ")).iterator())
                .mapToPair(word -> new Tuple2<>(word, 1L))
                .reduceByKey(Long::sum);
    }

    @Override
    protected void run(SparkSession spark) {
        LongAccumulator read = spark.sparkContext().longAccumulator();
        String folder = Inbox.create().deliver(LINES).path();
        TABLE.row("", "lines read, of " + LINES.size());

        JavaRDD<String> lines = new JavaSparkContext(spark.sparkContext())
                .textFile(folder, 2)
                .map(line -> {
                    read.add(1);
                    return line;
                });
        JavaRDD<String> upper = lines.map(String::toUpperCase);
        print("two transformations", read);
        upper.count();
        print("an action", read);
        upper.count();
        print("the same action again", read);
        upper.cache().count();
        print("cache and an action", read);
        upper.count();
        print("an action on the cache", read);

        JavaPairRDD<String, Long> words = countWords(lines);
        words.count();
        print("an action with a shuffle", read);
        words.count();
        print("the same action again", read);
    }

    /** Prints how many lines were read since the last call. */
    private static void print(String what, LongAccumulator read) {
        TABLE.row(what, read.value());
        read.reset();
    }

    public static void main(String[] args) {
        Program.run(new LazyEvaluation(), args);
    }
}
