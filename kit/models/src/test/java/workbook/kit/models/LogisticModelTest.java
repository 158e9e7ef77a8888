package workbook.kit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogisticModelTest {

    private static final List<LabelledExample> EXAMPLES = IntStream.range(0, 200)
            .mapToObj(i -> new LabelledExample(
                    Map.of("amount", i % 100 + (i % 20 == 0 ? 150.0 : 0), "count", (double) (i % 7)), i % 20 == 0))
            .toList();
    private static final LogisticModel MODEL = LogisticModel.train(EXAMPLES, 0.05, 1);
    private static final Map<String, Double> LARGE = Map.of("amount", 200.0, "count", 1.0);
    private static final Map<String, Double> SMALL = Map.of("amount", 10.0, "count", 1.0);

    @TempDir
    private Path folder;

    @Test
    void theSameExamplesAndSeedGiveTheSameModel() {
        LogisticModel again = LogisticModel.train(EXAMPLES, 0.05, 1);
        assertThat(again.score(LARGE)).isEqualTo(MODEL.score(LARGE));
        assertThat(again.threshold()).isEqualTo(MODEL.threshold());
        assertThat(LogisticModel.train(EXAMPLES, 0.05, 2).score(LARGE)).isNotEqualTo(MODEL.score(LARGE));
    }

    @Test
    void fraudsHaveHigherScores() {
        assertThat(MODEL.score(LARGE)).isGreaterThan(0.9);
        assertThat(MODEL.score(SMALL)).isLessThan(0.1);
        assertThat(MODEL.features()).containsExactly("amount", "count");
    }

    @Test
    void aModelThatSeparatesFraudsHasAnAveragePrecisionOfOne() {
        List<LabelledExample> clear = List.of(new LabelledExample(SMALL, false), new LabelledExample(LARGE, true));
        List<LabelledExample> wrong = List.of(new LabelledExample(SMALL, true), new LabelledExample(LARGE, false));
        assertThat(MODEL.averagePrecision(clear)).isEqualTo(1);
        assertThat(MODEL.averagePrecision(wrong)).isEqualTo(0.5);
    }

    @Test
    void theThresholdRaisesTheShareOfAlerts() {
        assertThat(EXAMPLES)
                .filteredOn(example -> MODEL.isAlert(MODEL.score(example.features())))
                .hasSize(10);
        assertThat(MODEL.isAlert(MODEL.threshold())).isTrue();
        assertThat(MODEL.isAlert(Math.nextDown(MODEL.threshold()))).isFalse();
    }

    @Test
    void aMissingFeatureHasNoPartAndAnUnknownOneDoesNotCount() {
        double mean = EXAMPLES.stream()
                .mapToDouble(example -> example.features().get("count"))
                .average()
                .orElseThrow();
        assertThat(MODEL.score(Map.of("amount", 200.0)))
                .isCloseTo(MODEL.score(Map.of("amount", 200.0, "count", mean)), within(1e-12));
        assertThat(MODEL.score(Map.of("Amount", 200.0, "count", 1.0))).isEqualTo(MODEL.score(Map.of("count", 1.0)));
    }

    @Test
    void nothingKnownOrNoNumberIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> MODEL.score(Map.of("Amount", 200.0)));
        assertThatIllegalArgumentException().isThrownBy(() -> MODEL.score(Map.of("amount", Double.NaN, "count", 1.0)));
    }

    @Test
    void aLoadedModelHasTheSameScoresAndThreshold() {
        MODEL.save(folder);
        LogisticModel loaded = LogisticModel.load(folder);
        assertThat(loaded.score(LARGE)).isEqualTo(MODEL.score(LARGE));
        assertThat(loaded.threshold()).isEqualTo(MODEL.threshold());
    }

    @Test
    void aModelThatSparkHasSerializedHasTheSameScores() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(MODEL);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((LogisticModel) in.readObject()).score(LARGE)).isEqualTo(MODEL.score(LARGE));
        }
    }

    @Test
    void aFolderWithoutItsFilesIsNoModel() throws Exception {
        assertThatThrownBy(() -> LogisticModel.load(folder))
                .isInstanceOf(UnreadableModelException.class)
                .hasMessageContaining("card.properties is missing");
        MODEL.save(folder);
        Files.delete(folder.resolve("model.tribuo"));
        assertThatThrownBy(() -> LogisticModel.load(folder))
                .isInstanceOf(UnreadableModelException.class)
                .hasMessageContaining("model.tribuo is missing");
    }

    @Test
    void aModelThatIsWrittenHalfIsNoModelWhereverItEnds() throws Exception {
        MODEL.save(folder);
        Path file = folder.resolve("model.tribuo");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> LogisticModel.load(folder))
                    .isInstanceOf(UnreadableModelException.class)
                    .hasMessageContaining("model.tribuo is incomplete");
        }
    }

    @Test
    void aFileThatIsSomethingElseIsNoModel() throws Exception {
        MODEL.save(folder);
        Path file = folder.resolve("model.tribuo");
        byte[] zeros = new byte[(int) Files.size(file)];
        Files.write(file, zeros);
        assertThatThrownBy(() -> LogisticModel.load(folder)).isInstanceOf(UnreadableModelException.class);
        Files.writeString(folder.resolve("card.properties"), "not a card");
        assertThatThrownBy(() -> LogisticModel.load(folder))
                .isInstanceOf(UnreadableModelException.class)
                .hasMessageContaining("card.properties is incomplete");
    }

    @Test
    void aModelNeedsBothClasses() {
        List<LabelledExample> genuine =
                EXAMPLES.stream().filter(example -> !example.fraud()).toList();
        assertThatIllegalArgumentException().isThrownBy(() -> LogisticModel.train(genuine, 0.05, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> LogisticModel.train(EXAMPLES, 1, 1));
    }
}
