package workbook.capstone.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The models of a pipeline, in a folder shared by its processes: a folder for each model, and a file {@code current}
 * with the name of the active one. Regressions are {@code v1}, {@code v2} and so on; the same regression with the
 * profiles of later nights is {@code v1.1}, {@code v1.2} and so on. One process publishes, any number read: {@code
 * current} names only completely written models, and no name is used twice, even after a rollback to an older model.
 */
public final class ModelRegistry {

    private static final String CURRENT = "current";

    private final Path folder;

    /** Creates a registry in this folder, which need not exist yet. */
    public ModelRegistry(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a model under a new name, such as {@code v2}, and activates it.
     *
     * @return the name
     * @throws UncheckedIOException if it cannot be written; then the active model stays
     */
    public String publish(FraudModel model) {
        return publish(model, "v");
    }

    /**
     * Writes the active regression with new profiles, and activates that: after {@code v2.4} it is {@code v2.5}.
     *
     * @return the name
     * @throws UncheckedIOException if it cannot be written; then the active model stays
     */
    public String refresh(FraudModel model) {
        String regression = requireActiveName().replaceFirst("\\..*", "");
        return publish(model, regression + ".");
    }

    private String publish(FraudModel model, String prefix) {
        String name = prefix + (highest(prefix) + 1);
        model.save(folder.resolve(name));
        activate(name);
        return name;
    }

    /** Returns the highest number after this prefix, incomplete models included; 0 if there is none. */
    private int highest(String prefix) {
        Pattern named = Pattern.compile(Pattern.quote(prefix) + "(\\d+)(\\.\\d+)?");
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> named.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(name -> Integer.parseInt(name.group(1)))
                    .max()
                    .orElse(0);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("The models in " + folder + " could not be listed", e);
        }
    }

    private void activate(String name) {
        try {
            Path whole = Files.writeString(folder.resolve(CURRENT + ".new"), name);
            Files.move(
                    whole,
                    folder.resolve(CURRENT),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The model " + name + " could not be activated in " + folder, e);
        }
    }

    /** Returns the name of the active model, if one was published. */
    public Optional<String> activeName() {
        try {
            return Optional.of(Files.readString(folder.resolve(CURRENT)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The name of the active model in " + folder + " could not be read", e);
        }
    }

    /**
     * Returns the name of the active model.
     *
     * @throws NoModelException if none was published
     */
    public String requireActiveName() {
        return activeName()
                .orElseThrow(() -> new NoModelException("There is no model in " + folder
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
        return FraudModel.load(folder.resolve(name));
    }
}
