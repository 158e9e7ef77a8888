package workbook.evaluate.libraries;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.kit.Scratch;

/**
 * A copy of the classes of some of the project's modules, which {@code mvn clean} does not delete while a JVM uses
 * them, and the class paths of the lessons that use these modules. A JVM holds a lock on the snapshots it uses.
 *
 * @param folder the folder; it appears complete or not at all, and later only gets new lists
 */
record ModuleSnapshot(Path folder) {

    private static final String LOCK = "in-use";
    private static final String LIST = ".list";

    /** The locks, held until the JVM ends. */
    private static final Map<Path, FileChannel> LOCKS = new HashMap<>();

    /** Returns the class path of a lesson; empty if it is unknown or an entry no longer exists. */
    Optional<String> classPath(String lesson) {
        lock();
        return lines(list(lesson))
                .filter(this::isComplete)
                .map(entries -> entries.stream()
                        .map(entry -> folder.resolve(entry).toString())
                        .collect(Collectors.joining(File.pathSeparator)));
    }

    /**
     * Stores the class path of a lesson. Only one process at a time may call this.
     *
     * @param entries the entries: libraries, and relative paths of folders in {@code classes}
     * @param classes a folder with a subfolder for each of the project's modules, on the same file system; it is moved
     */
    void store(String lesson, List<String> entries, Path classes) throws IOException {
        Path list = Files.write(classes.resolve(lesson + LIST), inStoredOrder(entries));
        Files.createFile(classes.resolve(LOCK));
        if (isComplete(entries)) {
            Files.move(list, list(lesson), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        delete();
        Files.move(classes, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gives lessons with the same libraries the same order, so that they can share a JVM. */
    private List<String> inStoredOrder(List<String> entries) throws IOException {
        if (!Files.exists(folder)) {
            return entries;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(LIST))
                    .sorted()
                    .flatMap(file -> lines(file).stream())
                    .filter(stored -> new HashSet<>(stored).equals(new HashSet<>(entries)))
                    .findFirst()
                    .orElse(entries);
        }
    }

    private boolean isComplete(List<String> entries) {
        return entries.stream().map(folder::resolve).allMatch(Files::exists);
    }

    /** Deletes the snapshot unless a JVM uses it. */
    void deleteIfUnused() {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            if (free != null) {
                delete();
            }
        } catch (IOException | OverlappingFileLockException e) {
            // another JVM uses or deletes it
        }
    }

    /** Deletes the snapshot, atomically for other JVMs. */
    private void delete() throws IOException {
        if (Files.exists(folder)) {
            unlock();
            Path old = folder.resolveSibling("old-" + ProcessHandle.current().pid());
            Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
            Scratch.delete(old);
        }
    }

    private void lock() {
        synchronized (LOCKS) {
            if (LOCKS.containsKey(folder) || !Files.exists(folder)) {
                return;
            }
            try {
                FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.READ);
                channel.lock(0, Long.MAX_VALUE, true);
                LOCKS.put(folder, channel);
            } catch (IOException | OverlappingFileLockException e) {
                // on a file system without locks, a snapshot that is deleted too early is created again
            }
        }
    }

    private void unlock() throws IOException {
        synchronized (LOCKS) {
            FileChannel channel = LOCKS.remove(folder);
            if (channel != null) {
                channel.close();
            }
        }
    }

    private Path list(String lesson) {
        return folder.resolve(lesson + LIST);
    }

    private static Optional<List<String>> lines(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllLines(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
