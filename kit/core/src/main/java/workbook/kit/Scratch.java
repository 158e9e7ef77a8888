package workbook.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Folders that live as long as this JVM: for checkpoints, Kafka's logs and tables nobody needs afterwards.
 *
 * <p>They lie under {@code .workbook/tmp} of the project, those of one JVM together; a program that runs elsewhere has
 * them in the system's temporary folder. What a JVM that was killed has left behind goes when the next one begins: a
 * JVM holds a lock in its folder, and where nobody holds it any more, nobody lives there.
 */
public final class Scratch {

    private static final String LOCK = ".lock";
    /** A folder this young may belong to a JVM that is about to take its lock. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private static final List<Runnable> USERS = new CopyOnWriteArrayList<>();

    private static Path ours;
    /** Never released: it ends with the JVM. */
    private static FileLock lock;

    private Scratch() {}

    /** A new empty folder, deleted with all it holds when the JVM ends. */
    public static synchronized Path folder(String name) {
        try {
            if (ours == null) {
                ours = settle();
            }
            return Files.createTempDirectory(ours, name);
        } catch (IOException e) {
            throw new UncheckedIOException("No folder for " + name + " could be made: " + e.getMessage(), e);
        }
    }

    /** Ends whatever lives in these folders, when the JVM ends and before they are deleted. */
    public static void beforeDeletion(Runnable end) {
        USERS.add(end);
    }

    private static Path settle() throws IOException {
        Path all = ProjectFolder.find()
                .map(home -> home.resolve(".workbook/tmp"))
                .orElse(Path.of(System.getProperty("java.io.tmpdir"), "workbook"));
        sweep(Files.createDirectories(all));
        Path folder = Files.createTempDirectory(all, "jvm-");
        lock = open(folder).tryLock();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            Thread.setDefaultUncaughtExceptionHandler(
                    (thread, e) -> {}); // who dies now, dies of the end, and need not say so
            USERS.forEach(Scratch::end);
            delete(folder);
        }));
        return folder;
    }

    private static void end(Runnable user) {
        try {
            user.run();
        } catch (RuntimeException e) {
            // The JVM ends: nobody is left to act on it, and the folders must still go.
        }
    }

    /** Deletes the folders of JVMs that are no more. */
    static void sweep(Path all) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all, "jvm-*")) {
            for (Path folder : folders) {
                if (isAbandoned(folder)) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder) {
        try {
            if (Files.getLastModifiedTime(folder)
                    .toInstant()
                    .isAfter(Instant.now().minus(YOUNG))) {
                return false;
            }
            try (FileChannel channel = open(folder);
                    FileLock free = channel.tryLock()) {
                return free != null;
            }
        } catch (IOException | OverlappingFileLockException e) {
            return false; // another JVM is sweeping it, or it is this one's
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        return FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Deletes a folder and what is in it; what another process deletes meanwhile is no error. */
    public static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new Deleting());
        } catch (IOException e) {
            // It is a temporary folder: what is left goes when the next JVM begins.
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
