package workbook.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with published versions: {@code v1}, {@code v2} and so on, a folder each, and a file {@code current} with the name of the one to
 * use. One process publishes, any number read. {@code current} is replaced in one step, and only when the version that it names is
 * complete.
 *
 * @param path the folder, which need not exist yet
 */
public record VersionFolder(Path path) {

    private static final String CURRENT = "current";

    /** Returns the folder of a version. */
    public Path version(String name) {
        return path.resolve(name);
    }

    /**
     * Writes a version under the next name, and then makes it the current one.
     *
     * @param write is given the folder of the version, which it creates
     * @return the name, such as {@code v2}
     * @throws UncheckedIOException if the folder cannot be read or written; then the current version stays
     */
    public String publish(Consumer<Path> write) {
        return publish("v", write);
    }

    /**
     * Like {@link #publish(Consumer)}, for versions of a version: with the prefix {@code v2.} the next name after {@code v2.4} is
     * {@code v2.5}.
     */
    public String publish(String prefix, Consumer<Path> write) {
        String name = prefix + (highest(prefix) + 1);
        write.accept(version(name));
        makeCurrent(name);
        return name;
    }

    /** Returns the highest number after this prefix, that of incomplete versions included; 0 if there is none. */
    private int highest(String prefix) {
        Pattern named = Pattern.compile(Pattern.quote(prefix) + "(\\d+)(\\.\\d+)?");
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> named.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(name -> Integer.parseInt(name.group(1)))
                    .max()
                    .orElse(0);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("The versions in " + path + " cannot be listed", e);
        }
    }

    /**
     * Replaces {@code current} in one step, for example to return to an older version. Does not check the name.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void makeCurrent(String name) {
        try {
            Files.createDirectories(path);
            Path whole = Files.writeString(path.resolve(CURRENT + ".new"), name);
            Files.move(
                    whole, path.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The version " + name + " cannot be made the current one in " + path, e);
        }
    }

    /**
     * Returns the name in {@code current}; empty if nothing was published.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public Optional<String> currentName() {
        try {
            return Optional.of(Files.readString(path.resolve(CURRENT)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The name of the current version in " + path + " cannot be read", e);
        }
    }
}
