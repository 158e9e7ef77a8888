package workbook.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Folders that live as long as this JVM: for checkpoints, Kafka's logs and tables nobody needs afterwards. */
public final class Scratch {

    private Scratch() {}

    /**
     * A new empty folder, deleted with all it holds when the JVM ends. It lies under {@code .workbook/tmp} of the
     * project; a program that runs elsewhere gets one in the system's temporary folder.
     */
    public static Path folder(String name) {
        try {
            Optional<Path> home = Home.folder();
            Path folder = home.isEmpty()
                    ? Files.createTempDirectory(name)
                    : Files.createTempDirectory(Files.createDirectories(home.get().resolve(".workbook/tmp")), name);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("No folder for " + name + " could be made: " + e.getMessage(), e);
        }
    }

    /** Deletes a folder and what is in it; what another process deletes meanwhile is no error. */
    public static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new Deleting());
        } catch (IOException e) {
            // It is a temporary folder: what is left goes with the next `rm -r .workbook`.
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
