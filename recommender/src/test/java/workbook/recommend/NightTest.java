package workbook.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.kit.Simulator;
import workbook.kit.spark.LocalSpark;

class NightTest {

    @TempDir
    private Path folder;

    @Test
    void aNightLearnsFromItsDays() throws IOException {
        Nights nights = new Nights(folder);
        Simulator simulator = Simulator.of(30, 3000, 10);
        try (SparkSession spark = LocalSpark.start("night")) {
            assertThat(new Night(simulator, 7).publish(spark, nights)).isEqualTo("v1");
        }
        Nights.Lists lists = nights.lists("v1");
        Map<Integer, double[]> terminals = nights.terminals("v1");
        assertThat(lists.days()).isEqualTo(7);
        assertThat(lists.newest()).startsWith("2018-04-07T");
        assertThat(lists.sold()).hasSameSizeAs(lists.popular()).hasSize(terminals.size());
        assertThat(terminals.values()).allSatisfy(vector -> assertThat(vector).hasSize(16));
        assertThat(lists.neighbours().keySet()).hasSameElementsAs(lists.sold());
        assertThat(customers(simulator, lists.popular().get(0)))
                .isGreaterThanOrEqualTo(customers(simulator, lists.popular().get(1)));
        assertThat(lists.added())
                .isNotEmpty()
                .allSatisfy(
                        terminal -> assertThat(firstDay(simulator, terminal)).isEqualTo(6));
    }

    private static long customers(Simulator simulator, String terminal) {
        return simulator
                .payments(0, 7)
                .filter(one -> String.valueOf(one.payment().terminal()).equals(terminal))
                .map(one -> one.payment().customer())
                .distinct()
                .count();
    }

    private static int firstDay(Simulator simulator, String terminal) {
        return List.of(0, 1, 2, 3, 4, 5, 6).stream()
                .filter(day -> simulator.day(day).stream()
                        .anyMatch(
                                one -> String.valueOf(one.payment().terminal()).equals(terminal)))
                .findFirst()
                .orElseThrow();
    }
}
