package workbook.kit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Class-data sharing: the libraries' classes, read and checked once and kept in an archive, start a program in half the
 * time. This makes the archive, in the background and at a low priority, for {@code ./jbang} and for the JVMs that judge
 * exercises: it lets a JVM play the <i>trainings</i> of a class path, which do what programs on it do, and archives the
 * classes which that JVM has loaded. So it does not matter which program came first.
 *
 * <p>An archive {@code <what for>-<how made>.jsa} is there as a whole or not at all. In the folder of the same name it is
 * made: who holds the lock there does it, so a maker that was killed is in nobody's way. After a few tries that came to
 * nothing no more is made of it; {@code log} in that folder says why.
 */
public final class ClassArchiveBuilder {

    /** The file that says: do not try again. It lies in an archive's folder, {@code .jsa} taken off its name. */
    public static final String GIVEN_UP = "given-up";

    private static final int TRIES = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration UNUSED = Duration.ofDays(30);

    private final Path archive;
    private final Path folder;

    private ClassArchiveBuilder(Path archive) {
        this.archive = archive;
        this.folder = folder(archive);
    }

    /** Where an archive is made. */
    public static Path folder(Path archive) {
        return archive.resolveSibling(archive.getFileName().toString().replaceFirst("\\.jsa$", ""));
    }

    /** The file beside an archive that has its libraries, in their order. */
    public static Path classPath(Path archive) {
        return archive.resolveSibling(folder(archive).getFileName() + ".path");
    }

    /**
     * Makes an archive for JVMs that have this one's options, and whose class path begins with the libraries:
     * {@code <archive> <libraries> <training>…}. The trainings, names of classes, are on this JVM's own class path, which
     * also begins with the libraries.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        new ClassArchiveBuilder(Path.of(args[0]))
                .make(args[1], Arrays.asList(args).subList(2, args.length));
    }

    private void make(String libraries, List<String> trainings) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return;
            }
            if (Files.exists(archive) || isTried() && isMade(libraries, trainings)) {
                Scratch.delete(folder);
            }
        }
    }

    /** Counts a try before it is made, so that one which takes this JVM along counts as well. */
    private boolean isTried() throws IOException {
        if (Files.exists(folder.resolve(GIVEN_UP))) {
            return false;
        }
        Path tries = folder.resolve("tries");
        Files.writeString(tries, Instant.now() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (Files.readAllLines(tries).size() >= TRIES) {
            Files.createFile(folder.resolve(GIVEN_UP)); // goes with the folder if this one succeeds
        }
        return true;
    }

    private boolean isMade(String libraries, List<String> trainings) throws IOException, InterruptedException {
        Path classes = folder.resolve("classes");
        Path draft = folder.resolve("archive");
        Files.deleteIfExists(folder.resolve("log"));
        List<String> training = new ArrayList<>(List.of(
                "-XX:DumpLoadedClassList=" + classes,
                "-classpath",
                System.getProperty("java.class.path"),
                ArchiveTrainingRun.class.getName()));
        training.addAll(trainings);
        if (!succeeds(training)
                || !succeeds(List.of(
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=" + classes,
                        "-XX:SharedArchiveFile=" + draft,
                        "-classpath",
                        libraries))) {
            return false;
        }
        Files.writeString(classPath(archive), libraries);
        Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
        tidy();
        return true;
    }

    /** Whether a JVM with this one's options, and these arguments, comes to a good end. */
    private boolean succeeds(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(Jvm.options());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        // A broker of the learner's has nothing to do with it.
        builder.environment().keySet().removeIf(name -> name.startsWith("WORKBOOK_"));
        Process process = builder.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    /**
     * Deletes what was made for the same in another way, with an older JDK in the same place or other trainings, and what
     * nobody has used for long: whoever uses an archive touches it.
     */
    private void tidy() throws IOException {
        String ours = folder.getFileName().toString();
        String sameUse = ours.substring(0, ours.lastIndexOf('-') + 1);
        Instant longAgo = Instant.now().minus(UNUSED);
        try (Stream<Path> entries = Files.list(archive.getParent())) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(ours) && (name.startsWith(sameUse) || isOlder(entry, longAgo))) {
                    Scratch.delete(entry);
                }
            }
        }
    }

    private static boolean isOlder(Path entry, Instant time) throws IOException {
        return Files.getLastModifiedTime(entry).toInstant().isBefore(time);
    }
}
