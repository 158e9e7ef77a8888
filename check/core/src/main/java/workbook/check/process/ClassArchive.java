package workbook.check.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.kit.Home;
import workbook.kit.Jvm;
import workbook.kit.Scratch;

/**
 * Class-data sharing: Spark's classes, read and checked once and kept in an archive, start a worker in half the time.
 * The first worker lists the classes it loads; once it has ended, an archive is made of them behind everybody's back,
 * and every later worker on the same libraries shares it.
 *
 * <p>An archive's class path is jars only, and the beginning of the run's. What is built here therefore stands at the
 * run's end. It takes 160 MB of {@code .workbook}, so it is for learners, who start a worker with every check: where the
 * system property {@code workbook.archive} is set. {@code WORKBOOK_CDS=off} does without.
 */
final class ClassArchive {

    private static final String FOLDER = ".workbook/cds/worker";

    private final List<String> options;
    private final String libraries;
    private final String own;
    private final Path folder;
    private boolean isListing;

    private ClassArchive(List<String> options, String libraries, String own, Path folder) {
        this.options = options;
        this.libraries = libraries;
        this.own = own;
        this.folder = folder;
    }

    /** The archive for a JVM with these options on this class path. */
    static ClassArchive of(List<String> options, String path) {
        Path home = Home.folder().orElse(Path.of("").toAbsolutePath());
        List<String> classPath = List.of(path.split(File.pathSeparator));
        String libraries = joined(classPath.stream().filter(entry -> isLibrary(home, entry)));
        String own = joined(classPath.stream().filter(entry -> !isLibrary(home, entry)));
        int key = List.of(System.getProperty("java.home"), Runtime.version(), options, libraries).hashCode();
        return new ClassArchive(options, libraries, own, home.resolve(FOLDER).resolve(Integer.toHexString(key)));
    }

    /** What to start a JVM with: sharing the archive, or else listing the classes for it, or neither. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(options);
        if (isWanted() && Files.exists(archive(folder))) {
            arguments.addAll(List.of("-XX:SharedArchiveFile=" + archive(folder), "-Xlog:cds=off"));
        } else if (isWanted() && begin()) {
            isListing = true;
            arguments.add("-XX:DumpLoadedClassList=" + list());
        }
        arguments.addAll(List.of("-classpath", libraries + File.pathSeparator + own));
        return arguments;
    }

    /** Has the archive made once a worker that listed the classes has ended; this JVM need not live so long. */
    void makeAfter(ProcessHandle worker) {
        if (!isListing) {
            return;
        }
        isListing = false;
        List<String> command = new ArrayList<>(List.of(Jvm.java(), "-classpath", System.getProperty("java.class.path"),
                ClassArchive.class.getName(), String.valueOf(worker.pid()), folder.toString(), Jvm.java()));
        command.addAll(options);
        command.addAll(List.of("-Xshare:dump", "-XX:SharedClassListFile=" + list(),
                "-XX:SharedArchiveFile=" + folder.resolve("archive"), "-classpath", libraries));
        try {
            start(command);
        } catch (IOException e) {
            Scratch.delete(folder); // it is only slower without
        }
    }

    /** The list is not to be used: its worker was cut short. The next one writes another. */
    void abandon() {
        if (isListing) {
            isListing = false;
            Scratch.delete(folder);
        }
    }

    /** Waits for a process to end, then makes the archive: {@code <process id> <folder> <command…>}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ProcessHandle.of(Long.parseLong(args[0])).ifPresent(worker -> worker.onExit().join());
        Path folder = Path.of(args[1]);
        if (start(Arrays.asList(args).subList(2, args.length)).waitFor() == 0) {
            Files.move(folder.resolve("archive"), archive(folder), StandardCopyOption.ATOMIC_MOVE);
        }
        Scratch.delete(folder);
    }

    private static boolean isWanted() {
        return Boolean.getBoolean("workbook.archive") && !"off".equals(System.getenv("WORKBOOK_CDS"));
    }

    /** Nobody else is listing the classes: the folder was not there. */
    private boolean begin() {
        try {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(folder);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Path list() {
        return folder.resolve("classes");
    }

    private static Path archive(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".jsa");
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static boolean isLibrary(Path home, String entry) {
        return entry.endsWith(".jar") && !Path.of(entry).startsWith(home);
    }

    private static String joined(Stream<String> entries) {
        return entries.collect(Collectors.joining(File.pathSeparator));
    }
}
