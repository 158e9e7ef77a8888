package workbook.kit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {

    private static final LogisticModel MODEL = LogisticModel.train(
            List.of(
                    new LabelledExample(Map.of("amount", 900.0), true),
                    new LabelledExample(Map.of("amount", 10.0), false)),
            0.5,
            1);

    @TempDir
    private Path folder;

    @Test
    void theNextModelHasTheNextName() {
        ModelFolder models = new ModelFolder(folder.resolve("models"));
        assertThat(models.currentName()).isEmpty();
        assertThat(models.publish(MODEL)).isEqualTo("v1");
        assertThat(models.publish(MODEL)).isEqualTo("v2");
        assertThat(models.currentName()).contains("v2");
        models.makeCurrent("v1");
        assertThat(models.currentName()).contains("v1");
        assertThat(models.publish(MODEL)).isEqualTo("v3");
    }

    @Test
    void anIncompleteModelKeepsItsNameAndIsNotCurrent() throws Exception {
        ModelFolder models = new ModelFolder(folder);
        models.publish(MODEL);
        Files.createDirectory(folder.resolve("v10"));
        assertThat(models.currentName()).contains("v1");
        assertThat(models.publish(MODEL)).isEqualTo("v11");
    }

    @Test
    void everyLoadIsCountedAlsoOneThatFails() {
        ModelFolder models = new ModelFolder(folder);
        models.publish(MODEL);
        models.load("v1");
        assertThatThrownBy(() -> models.load("v2")).isInstanceOf(UnreadableModelException.class);
        assertThat(new ModelFolder(folder).loads()).isEqualTo(2);
        assertThat(new ModelFolder(folder.resolve("other")).loads()).isZero();
    }
}
