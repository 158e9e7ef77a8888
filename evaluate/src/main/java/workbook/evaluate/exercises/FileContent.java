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

/** What a file holds, to the byte. */
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

    /** Whether something in it still waits for an answer. */
    boolean isStarter() {
        return Unsolved.isIn(toString());
    }

    /** How many of its methods wait for an answer. */
    int unsolved() {
        return Unsolved.countIn(toString());
    }

    /** Whether it says the same; what separates lines makes no difference. */
    boolean saysTheSameAs(FileContent other) {
        return toString().replace("\r\n", "\n").equals(other.toString().replace("\r\n", "\n"));
    }

    /** Makes this a new file's whole content; when it returns, it has been read back from the disk. */
    void writeNew(Path file) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        if (!Arrays.equals(bytes, Files.readAllBytes(file))) {
            throw new IOException(file + " does not hold what was written to it.");
        }
    }

    /** Puts this in a file's place: whoever looks sees all of the one or all of the other. */
    void replace(Path place) throws IOException {
        Files.createDirectories(place.getParent());
        Path file = Files.exists(place) ? place.toRealPath() : place; // a link stays a link
        Path beside = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        Files.deleteIfExists(beside);
        writeNew(beside);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
