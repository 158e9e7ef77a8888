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
    void theCurrentModelIsReadWithItsName() {
        ModelFolder models = ModelFolder.scratch(AmountModel.fraudsAbove(50));
        models.publish(AmountModel.fraudsAbove(80));
        assertThat(models.loadCurrent().score(60)).matches("v2 0\\.[0-4]\\d\\d");
        assertThat(models.loadNamed("v1").score(60)).matches("v1 0\\.[5-9]\\d\\d");
        assertThat(models.loads()).isEqualTo(2);
        assertThat(NamedModel.names(List.of("v2 0.847", "v1 0.5", "v2 0.1"))).isEqualTo("v1+v2");
    }

    @Test
    void aModelIsReadOnceWhileItIsCurrent() {
        ModelFolder models = new ModelFolder(folder);
        models.publish(MODEL);
        NamedModel first = models.loadIfChanged(null);
        assertThat(models.loadIfChanged(first)).isSameAs(first);
        assertThat(models.loads()).isEqualTo(1);
        models.publish(MODEL);
        assertThat(models.loadIfChanged(first).name()).isEqualTo("v2");
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
