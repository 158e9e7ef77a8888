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
 * Creates temporary folders for checkpoints, Kafka logs and tables, and deletes them when the JVM ends.
 *
 * <p>All folders of a JVM are in one folder under {@code .workbook/tmp} of the project, or in the system's temporary
 * folder outside of a project. A JVM holds a lock in its folder. The next JVM deletes folders without a lock: a JVM
 * that was killed left them.
 */
public final class Scratch {

    private static final String LOCK = ".lock";
    /** A younger folder may belong to a JVM that has not locked it yet. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private static final List<Runnable> CLOSE_ACTIONS = new CopyOnWriteArrayList<>();

    private static Path jvmFolder;
    /** Held until the JVM ends. */
    private static FileLock lock;

    private Scratch() {}

    /** Creates an empty folder, which is deleted with its contents when the JVM ends. */
    public static synchronized Path folder(String name) {
        try {
            if (jvmFolder == null) {
                jvmFolder = createJvmFolder();
            }
            return Files.createTempDirectory(jvmFolder, name);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a folder for " + name + ": " + e.getMessage(), e);
        }
    }

    /** Registers an action that runs when the JVM ends, before the folders are deleted. */
    public static void beforeDeletion(Runnable close) {
        CLOSE_ACTIONS.add(close);
    }

    private static Path createJvmFolder() throws IOException {
        Path all = ProjectFolder.find()
                .map(project -> project.resolve(".workbook/tmp"))
                .orElse(Path.of(System.getProperty("java.io.tmpdir"), "workbook"));
        deleteAbandoned(Files.createDirectories(all));
        Path folder = Files.createTempDirectory(all, "jvm-");
        lock = open(folder).tryLock();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            // Threads that still run fail when their folders disappear; their stack traces would only confuse.
            Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {});
            CLOSE_ACTIONS.forEach(Scratch::close);
            delete(folder);
        }));
        return folder;
    }

    private static void close(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            // The JVM ends: the folders must be deleted all the same.
        }
    }

    /** Deletes the folders of JVMs that have ended. */
    static void deleteAbandoned(Path all) throws IOException {
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
            return false; // another JVM is deleting it, or this JVM holds the lock
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        return FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Deletes a folder with its contents. Files that another process deletes at the same time are ignored. */
    public static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new DeletingVisitor());
        } catch (IOException e) {
            // The next JVM deletes the rest.
        }
    }

    private static final class DeletingVisitor extends SimpleFileVisitor<Path> {
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
