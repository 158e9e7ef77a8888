package workbook.evaluate.exercises;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import workbook.check.Unsolved;

/** The bytes of a file. */
final class FileContent {

    private final byte[] bytes;

    FileContent(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    static FileContent of(Path file) {
        try {
            return new FileContent(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether the file has unsolved methods. */
    boolean isStarter() {
        return Unsolved.isIn(toString());
    }

    /** The number of unsolved methods. */
    int unsolved() {
        return Unsolved.countIn(toString());
    }

    /** Whether the text is the same, ignoring line separators. */
    boolean hasSameText(FileContent other) {
        return toString().replace("\r\n", "\n").equals(other.toString().replace("\r\n", "\n"));
    }

    /** Writes a new file, and verifies it by reading it back. */
    void writeNew(Path file) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        if (!Arrays.equals(bytes, Files.readAllBytes(file))) {
            throw new IOException("The content of " + file + " differs from what was written.");
        }
    }

    /** Replaces a file atomically. */
    void replace(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path file = Files.exists(target) ? target.toRealPath() : target; // keep a symbolic link
        Path draft = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        Files.deleteIfExists(draft);
        writeNew(draft);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
