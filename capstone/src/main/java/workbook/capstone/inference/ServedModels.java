package workbook.capstone.inference;

import java.nio.file.Path;
import java.util.Optional;
import workbook.kit.models.PublishedModels;

/**
 * The models of a {@link ModelRegistry} as a scoring function on any executor sees them: the current one is the {@link
 * ActiveModel} of its JVM, which is loaded already.
 *
 * @param folder of the registry
 */
public record ServedModels(String folder) implements PublishedModels {

    @Override
    public Optional<String> currentName() {
        return Optional.of(active().name());
    }

    @Override
    public FraudModel load(String name) {
        ActiveModel.Named active = active();
        return active.name().equals(name) ? active.model() : new ModelRegistry(Path.of(folder)).load(name);
    }

    private ActiveModel.Named active() {
        return ActiveModel.of(folder).get();
    }
}
