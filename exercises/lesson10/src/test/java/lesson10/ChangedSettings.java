package lesson10;

import static scala.jdk.javaapi.CollectionConverters.asJava;
import static workbook.check.script.Script.row;

import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import workbook.check.script.Script;

/** Refuses an answer that changes the settings of its session, in which other queries run, too. */
final class ChangedSettings {

    private ChangedSettings() {}

    /** @param query calls the answer on tables of the session */
    static void expectNone(SparkSession session, Supplier<Dataset<?>> query) {
        Script.of("tables STRING")
                .columns("setting STRING", "value STRING")
                .batch(row("a few rows"))
                .emitsNothing()
                .run(new CostJob(() -> {
                    Map<String, String> before = settings(session);
                    query.get().collectAsList();
                    Map<String, String> after = settings(session);
                    TreeSet<String> names = new TreeSet<>(before.keySet());
                    names.addAll(after.keySet());
                    return names.stream()
                            .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                            .map(name -> row(name, after.get(name)))
                            .toList();
                }));
    }

    private static Map<String, String> settings(SparkSession session) {
        return asJava(session.conf().getAll());
    }
}
