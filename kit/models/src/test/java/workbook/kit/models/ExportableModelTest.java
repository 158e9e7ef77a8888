package workbook.kit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportableModelTest {

    private static final ExportableModel MODEL = ExportableModel.train(
            IntStream.range(0, 200)
                    .mapToObj(i -> new LabelledExample(Map.of("amount", i / 100.0, "count", i % 7.0), i > 150))
                    .toList(),
            1);

    @TempDir
    private Path folder;

    @Test
    void theScoreIsTheLogisticFunctionOfWeightsAndBias() {
        double[] weights = MODEL.weights(List.of("count", "amount"));
        double exponent = 3 * weights[0] + 0.9 * weights[1] + MODEL.bias();
        assertThat(MODEL.score(Map.of("amount", 0.9, "count", 3.0)))
                .isCloseTo(1 / (1 + Math.exp(-exponent)), within(1e-12));
        assertThat(weights[1]).as("larger amounts are frauds").isPositive();
    }

    @Test
    void itIsExported() throws Exception {
        Path file = folder.resolve("model.onnx");
        MODEL.saveOnnx(file);
        assertThat(file).isNotEmptyFile();
        assertThat(MODEL.onnxOutput()).isBetween(0, 1);
    }
}
