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
 * The classes of some of the project's modules as they once were, which no {@code mvn clean} takes away from under a running
 * JVM, and beside them the class paths of the lessons that stand on these. Whoever uses them holds a lock.
 *
 * @param folder it is there as a whole or not at all; once there, only lists are added to it
 */
record ModuleSnapshot(Path folder) {

    private static final String LOCK = "in-use";
    private static final String LIST = ".list";

    /** Never released: they end with the JVM. */
    private static final Map<Path, FileChannel> HELD = new HashMap<>();

    /** The class path of a lesson; none if it is not known yet, or something on it is no longer there. */
    Optional<String> classPath(String lesson) {
        hold();
        return lines(list(lesson))
                .filter(this::isWhole)
                .map(places -> places.stream()
                        .map(place -> folder.resolve(place).toString())
                        .collect(Collectors.joining(File.pathSeparator)));
    }

    /**
     * Keeps a lesson's class path. One at a time may do so.
     *
     * @param places what is on it: libraries, and as relative paths what is in {@code classes}
     * @param classes a folder beside this one, with a folder for each of the project's modules; it is taken away
     */
    void keep(String lesson, List<String> places, Path classes) throws IOException {
        Path list = Files.write(classes.resolve(lesson + LIST), inAKnownOrder(places));
        Files.createFile(classes.resolve(LOCK));
        if (isWhole(places)) {
            Files.move(list, list(lesson), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        discard();
        Files.move(classes, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Two lessons with the same libraries have the same class path, so that one JVM does for both. */
    private List<String> inAKnownOrder(List<String> places) throws IOException {
        if (!Files.exists(folder)) {
            return places;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(LIST))
                    .sorted()
                    .flatMap(file -> lines(file).stream())
                    .filter(known -> new HashSet<>(known).equals(new HashSet<>(places)))
                    .findFirst()
                    .orElse(places);
        }
    }

    private boolean isWhole(List<String> places) {
        return places.stream().map(folder::resolve).allMatch(Files::exists);
    }

    /** Removes it, unless somebody uses it. */
    void removeIfUnused() {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            if (free != null) {
                discard();
            }
        } catch (IOException | OverlappingFileLockException e) {
            // somebody uses or removes it
        }
    }

    /** Whoever looks sees all of it or nothing. */
    private void discard() throws IOException {
        if (Files.exists(folder)) {
            release();
            Path aside = folder.resolveSibling("old-" + ProcessHandle.current().pid());
            Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
            Scratch.delete(aside);
        }
    }

    private void hold() {
        synchronized (HELD) {
            if (HELD.containsKey(folder) || !Files.exists(folder)) {
                return;
            }
            try {
                FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.READ);
                channel.lock(0, Long.MAX_VALUE, true);
                HELD.put(folder, channel);
            } catch (IOException | OverlappingFileLockException e) {
                // a file system without locks: what is removed while it is used is made again
            }
        }
    }

    private void release() throws IOException {
        synchronized (HELD) {
            FileChannel channel = HELD.remove(folder);
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
