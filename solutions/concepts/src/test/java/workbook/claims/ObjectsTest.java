package workbook.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkRuntimeException;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Proves statements of CONCEPTS.md about objects and encoders, with Spark. */
class ObjectsTest extends AsksSpark {

    private static final String WATERMARK = "spark.watermarkDelayMs";

    @Test
    void aRecordHasNoPropertiesForAnEncoder() {
        assertThat(Encoders.bean(Sale.class).schema().fieldNames()).isEmpty();
    }

    @Test
    void kryoMakesOneColumnOfBytes() {
        assertThat(Encoders.kryo(Till.class).schema().toDDL()).isEqualTo("value BINARY");
    }

    @Test
    void columnsMatchPropertiesByName() {
        Dataset<Row> tills = spark.sql("SELECT 'x' AS other, 7 AS number");
        assertThat(tills.as(Encoders.bean(Till.class)).head().getNumber()).isEqualTo(7);
        assertThatThrownBy(() -> tills.drop("number").as(Encoders.bean(Till.class)))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("UNRESOLVED_COLUMN");
    }

    @Test
    void nullNeedsAnObjectType() {
        Dataset<Row> tills = spark.sql("SELECT CAST(NULL AS INT) AS number");
        assertThat(tills.as(Encoders.bean(Till.class)).head().getNumber()).isNull();
        assertThatThrownBy(() -> tills.as(Encoders.bean(Counter.class)).head())
                .isInstanceOf(SparkRuntimeException.class)
                .hasMessageContaining("NOT_NULL_ASSERT_VIOLATION");
    }

    @Test
    void aTypedStepLosesTheWatermark() {
        Dataset<Row> marked = spark.readStream()
                .format("rate-micro-batch")
                .option("rowsPerBatch", 1)
                .load()
                .withWatermark("timestamp", "1 minute");
        Dataset<Row> mapped = marked.map((MapFunction<Row, Row>) row -> row, Encoders.row(marked.schema()));
        assertThat(isMarked(marked.where("value > 0").select("timestamp"))).isTrue();
        assertThat(isMarked(mapped)).isFalse();
    }

    @Test
    void anIteratorOfRowsCanBeReadOnce() {
        MapGroupsFunction<Integer, Integer, List<Integer>> twice =
                (key, numbers) -> List.of(count(numbers), count(numbers));
        MapGroupsFunction<Integer, Integer, String> counts =
                (key, numbers) -> twice.call(key, numbers).toString();
        assertThat(spark.createDataset(List.of(1, 2, 3), Encoders.INT())
                        .groupByKey((MapFunction<Integer, Integer>) number -> 0, Encoders.INT())
                        .mapGroups(counts, Encoders.STRING())
                        .collectAsList())
                .containsExactly("[3, 0]");
    }

    private static int count(Iterator<Integer> numbers) {
        int count = 0;
        for (; numbers.hasNext(); numbers.next()) {
            count++;
        }
        return count;
    }

    private static boolean isMarked(Dataset<Row> rows) {
        return rows.schema().apply("timestamp").metadata().contains(WATERMARK);
    }

    public record Sale(String card, int amount) {}

    public static class Till {
        private Integer number;

        public Integer getNumber() {
            return number;
        }

        public void setNumber(Integer number) {
            this.number = number;
        }
    }

    public static class Counter {
        private int number;

        public int getNumber() {
            return number;
        }

        public void setNumber(int number) {
            this.number = number;
        }
    }
}
