package workbook.kit.schemas;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The state of a registry in a file, as JSON. The file is replaced as a whole: it is never half written. */
record StateFile(Path path) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the state; empty if there is no file yet. */
    State read() {
        try {
            return Files.exists(path) ? JSON.readValue(path.toFile(), State.class) : State.EMPTY;
        } catch (IOException e) {
            throw new UncheckedIOException("The schemas in " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    void write(State state) {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            JSON.writeValue(next.toFile(), state);
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The schemas cannot be written to " + path + ": " + e.getMessage(), e);
        }
    }
}
