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
 * The models of a pipeline, in a folder that every process of it sees: each in a folder of its own, and a file
 * {@code current} with the name of the one in use. A regression is {@code v1}, {@code v2} and so on; with the look-ups
 * of later nights, {@code v1.1}, {@code v1.2} and so on. One process publishes, any number read: {@code current} names
 * a model only once it is whole, and no name is given twice, even if an older model was put to use again.
 */
public final class ModelRegistry {

    private static final String CURRENT = "current";

    private final Path folder;

    /** The models in this folder, which need not exist yet. */
    public ModelRegistry(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a model under a new name, such as {@code v2}, and puts it to use.
     *
     * @return the name
     * @throws UncheckedIOException if it cannot be written; then the one in use stays
     */
    public String publish(FraudModel model) {
        return publish(model, "v");
    }

    /**
     * Writes the model in use with other look-ups, and puts that to use: after {@code v2}, or {@code v2.4}, it is
     * {@code v2.5}.
     *
     * @return the name
     * @throws UncheckedIOException if it cannot be written; then the one in use stays
     */
    public String refresh(FraudModel model) {
        String regression = requireActiveName().replaceFirst("\\..*", "");
        return publish(model, regression + ".");
    }

    private String publish(FraudModel model, String prefix) {
        String name = prefix + (highest(prefix) + 1);
        model.save(folder.resolve(name));
        use(name);
        return name;
    }

    /** The highest number behind this prefix, also of a model that was never whole; 0 if there is none. */
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
            throw new UncheckedIOException("Which models there are could not be read in " + folder, e);
        }
    }

    private void use(String name) {
        try {
            Path whole = Files.writeString(folder.resolve(CURRENT + ".new"), name);
            Files.move(
                    whole,
                    folder.resolve(CURRENT),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The model " + name + " could not be put to use in " + folder, e);
        }
    }

    /** The name of the model in use, if one was published. */
    public Optional<String> activeName() {
        try {
            return Optional.of(Files.readString(folder.resolve(CURRENT)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Which model is in use could not be read in " + folder, e);
        }
    }

    /**
     * The name of the model in use.
     *
     * @throws NoModelException if none was published
     */
    public String requireActiveName() {
        return activeName()
                .orElseThrow(() -> new NoModelException("There is no model in " + folder
                        + ". ./jbang fraud train --home DIR makes one in DIR/models."));
    }

    /** There is no model yet. Its message says where, and what to do. */
    public static final class NoModelException extends RuntimeException {
        NoModelException(String message) {
            super(message);
        }
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
