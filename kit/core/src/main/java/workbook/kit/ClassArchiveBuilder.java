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
 * Builds archives for class-data sharing. An archive holds the libraries' classes, parsed and verified once, and halves
 * the start-up time of a program. {@code ./jbang} and the JVMs that check exercises start this builder in the
 * background, at low priority. It runs the <i>archive trainings</i> of a class path in a JVM, and archives the classes
 * which that JVM has loaded. A training uses what the programs on its class path use, so all of them can share the
 * archive.
 *
 * <p>An archive {@code <use>-<build>.jsa} appears complete or not at all. It is built in the folder of the same name by
 * the process that holds the lock there, so a builder that was killed does not block the next one. After three failed
 * tries the builder gives up; {@code log} in that folder shows the reason.
 */
public final class ClassArchiveBuilder {

    /** The name of the file, in the archive's {@linkplain #folder folder}, that forbids further tries. */
    public static final String GIVEN_UP = "given-up";

    private static final int TRIES = 3;
    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final Duration UNUSED = Duration.ofDays(30);

    private final Path archive;
    private final Path folder;

    private ClassArchiveBuilder(Path archive) {
        this.archive = archive;
        this.folder = folder(archive);
    }

    /** The folder in which an archive is built. */
    public static Path folder(Path archive) {
        return archive.resolveSibling(archive.getFileName().toString().replaceFirst("\\.jsa$", ""));
    }

    /** The file next to an archive that lists its libraries, in class path order. */
    public static Path classPath(Path archive) {
        return archive.resolveSibling(folder(archive).getFileName() + ".path");
    }

    /**
     * Builds an archive for JVMs with the options of this JVM whose class path begins with the libraries. Arguments:
     * {@code <archive> <libraries> <training class>…}. The trainings are on the class path of this JVM, which also
     * begins with the libraries.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        new ClassArchiveBuilder(Path.of(args[0]))
                .build(args[1], Arrays.asList(args).subList(2, args.length));
    }

    private void build(String libraries, List<String> trainings) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return;
            }
            if (Files.exists(archive) || mayTry() && tryToBuild(libraries, trainings)) {
                Scratch.delete(folder);
            }
        }
    }

    /** Counts the try before it begins, so that a try that kills this JVM counts, too. */
    private boolean mayTry() throws IOException {
        if (Files.exists(folder.resolve(GIVEN_UP))) {
            return false;
        }
        Path tries = folder.resolve("tries");
        Files.writeString(tries, Instant.now() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (Files.readAllLines(tries).size() >= TRIES) {
            Files.createFile(folder.resolve(GIVEN_UP)); // deleted with the folder if this try succeeds
        }
        return true;
    }

    private boolean tryToBuild(String libraries, List<String> trainings) throws IOException, InterruptedException {
        Path classes = folder.resolve("classes");
        Path draft = folder.resolve("archive");
        Files.deleteIfExists(folder.resolve("log"));
        List<String> run = new ArrayList<>(List.of(
                "-XX:DumpLoadedClassList=" + classes,
                "-classpath",
                System.getProperty("java.class.path"),
                ArchiveTrainingRun.class.getName()));
        run.addAll(trainings);
        if (!succeeds(run)
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
        deleteOutdated();
        return true;
    }

    /** Runs a JVM with the options of this JVM and these arguments; returns whether it succeeded. */
    private boolean succeeds(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(Jvm.options());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        // A training must not use the learner's own broker.
        builder.environment().keySet().removeIf(name -> name.startsWith("WORKBOOK_"));
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    /**
     * Deletes other archives for the same use, built by an older JDK or from other trainings, and archives that were
     * not used for 30 days: every use sets the modification time.
     */
    private void deleteOutdated() throws IOException {
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
