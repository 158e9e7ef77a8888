package workbook.capstone.inference;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import workbook.kit.VersionFolder;

/**
 * The models of a pipeline, in a {@link VersionFolder} shared by its processes. Regressions are {@code v1}, {@code v2} and so on; the same regression with the
 * profiles of later nights is {@code v1.1}, {@code v1.2} and so on. No name is used twice, even after a rollback to an older
 * model.
 */
public final class ModelRegistry {

    private final VersionFolder versions;

    /** Creates a registry in this folder, which need not exist yet. */
    public ModelRegistry(Path folder) {
        versions = new VersionFolder(folder);
    }

    /**
     * Writes a model under a new name, such as {@code v2}, and activates it.
     *
     * @return the name
     * @throws UncheckedIOException if it cannot be written; then the active model stays
     */
    public String publish(FraudModel model) {
        return versions.publish(model::save);
    }

    /**
     * Writes the active regression with new profiles, and activates that: after {@code v2.4} it is {@code v2.5}.
     *
     * @return the name
     * @throws UncheckedIOException if it cannot be written; then the active model stays
     */
    public String refresh(FraudModel model) {
        String regression = requireActiveName().replaceFirst("\\..*", "");
        return versions.publish(regression + ".", model::save);
    }

    /** Returns the name of the active model, if one was published. */
    public Optional<String> activeName() {
        return versions.currentName();
    }

    /**
     * Returns the name of the active model.
     *
     * @throws NoModelException if none was published
     */
    public String requireActiveName() {
        return activeName()
                .orElseThrow(() -> new NoModelException("There is no model in " + versions.path()
                        + ". Train one: ./jbang fraud train --home DIR writes it to DIR/models."));
    }

    /** Thrown when there is no model yet. The message says where, and what to do. */
    public static final class NoModelException extends RuntimeException {
        NoModelException(String message) {
            super(message);
        }
    }

    /**
     * Reads a model.
     *
     * @throws UncheckedIOException if there is no model of this name
     */
    public FraudModel load(String name) {
        return FraudModel.load(versions.version(name));
    }
}
