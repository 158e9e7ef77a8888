///usr/bin/env jbang "$0" "$@" ; exit $?
// Spark in `./jbang race`, in real-time mode: the job without state.
//JAVA 17+
//SOURCES Start.java
//SOURCES Scoring.java
//SOURCES OnSpark.java
//SOURCES ../../kit/engines/src/main/java/workbook/kit/engines/*.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package race;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.Trigger;

class ScoringOnSpark {

    public static void main(String[] args) throws Exception {
        Start start = Start.of(args);
        MapFunction<String, String> score = Scoring::score;
        Dataset<Row> scores = OnSpark.payments(start)
                .as(Encoders.STRING())
                .map(score, Encoders.STRING())
                .toDF("value");
        OnSpark.run(start, OnSpark.writer(start, scores).outputMode("update").trigger(Trigger.RealTime("60 seconds")));
    }
}
