package workbook.capstone.spark;

import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;

/** The base of the jobs' tests: a broker with the pipeline's topics, and the pipeline's Spark session. */
abstract class OnKafkaAndSpark {

    static SparkSession spark;
    static LocalKafka kafka;

    @BeforeAll
    static void start() {
        CompletableFuture<LocalKafka> startingKafka = LocalKafka.startInBackground();
        spark = Sessions.start(1);
        kafka = startingKafka.join();
        Topics.create(kafka, 2);
    }

    @AfterAll
    static void stop() {
        spark.stop();
        kafka.close();
    }
}
