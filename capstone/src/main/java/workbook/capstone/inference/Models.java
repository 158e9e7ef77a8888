package workbook.capstone.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The models of a pipeline, in a folder that every process of it sees: each in a folder of its own, {@code v1},
 * {@code v2} and so on, and a file {@code current} with the name of the one in use. One process publishes, any number
 * read: a name is there only once its model is whole, and never changes.
 */
public final class Models {

    private static final String CURRENT = "current";

    private final Path folder;

    /** The models in this folder, which need not exist yet. */
    public Models(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a model under a new name and puts it to use.
     *
     * @return the name
     * @throws UncheckedIOException if it cannot be written; then the one in use stays
     */
    public String publish(FraudModel model) {
        String name = "v" + (number(inUse()) + 1);
        model.save(folder.resolve(name));
        use(name);
        return name;
    }

    private void use(String name) {
        try {
            Path whole = Files.writeString(folder.resolve(CURRENT + ".new"), name);
            Files.move(whole, folder.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The model " + name + " could not be put to use in " + folder, e);
        }
    }

    /** The name of the model in use, if one was published. */
    public Optional<String> inUse() {
        try {
            return Optional.of(Files.readString(folder.resolve(CURRENT)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Which model is in use could not be read in " + folder, e);
        }
    }

    private static int number(Optional<String> name) {
        return name.map(version -> Integer.parseInt(version.substring(1))).orElse(0);
    }

    /**
     * Reads a model.
     *
     * @throws UncheckedIOException if there is none of this name
     */
    public FraudModel load(String name) {
        return FraudModel.load(folder.resolve(name));
    }
}
