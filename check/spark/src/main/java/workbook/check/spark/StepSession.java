package workbook.check.spark;

import static scala.jdk.javaapi.CollectionConverters.asJava;
import static scala.jdk.javaapi.OptionConverters.toJava;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A session of one step, with the settings of {@link SharedSpark}: what an answer sets in it concerns no other step, and can
 * be asked for.
 */
public final class StepSession {

    private final SparkSession spark = SharedSpark.session().newSession();

    /** The session, as the answer gets it. */
    public SparkSession spark() {
        return spark;
    }

    /** The settings that the answer has left with another value than they had, in alphabetical order. */
    public List<String> changedSettings() {
        SparkSession fresh = spark.newSession();
        return asJava(spark.conf().getAll()).entrySet().stream()
                .filter(setting -> !isSetting(fresh, setting))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static boolean isSetting(SparkSession spark, Map.Entry<String, String> setting) {
        return toJava(spark.conf().getOption(setting.getKey())).equals(Optional.of(setting.getValue()));
    }
}
