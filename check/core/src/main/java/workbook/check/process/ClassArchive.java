package workbook.check.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.kit.ClassArchiveBuilder;
import workbook.kit.Jvm;
import workbook.kit.ProjectFolder;

/**
 * Class-data sharing for workers. After the first worker on a class path, when this JVM has ended, a
 * {@link ClassArchiveBuilder} builds an archive. The modules on the class path list their training classes in
 * {@code META-INF/workbook/archive-training}.
 *
 * <p>The class path of an archive contains only jars and must be the beginning of the worker's. Therefore this project's
 * classes are at its end. An archive takes 230 MB in {@code .workbook}; it is used only if the system property
 * {@code workbook.archive} is set, as in the learners' commands. {@code WORKBOOK_CDS=off} disables it.
 */
final class ClassArchive {

    private static final String FOLDER = ".workbook/cds";
    /** The file in which a module lists its training classes, one per line. */
    private static final String TRAININGS = "META-INF/workbook/archive-training";

    /** Waits for a process to end, then executes a command at the lowest priority. */
    private static final String AFTER =
            "trap '' HUP INT; while kill -0 \"$0\"; do sleep 1; done; exec nice -n 19 \"$@\"";

    /** The archives that exist or whose build is scheduled. */
    private static final Set<Path> ORDERED = ConcurrentHashMap.newKeySet();

    private ClassArchive() {}

    /** The arguments of a JVM with these options; it uses an archive if there is one. */
    static List<String> arguments(WorkerJvm jvm, List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        if (!isWanted()) {
            arguments.addAll(List.of("-classpath", jvm.classPath()));
            return arguments;
        }
        Path home = ProjectFolder.find().orElse(Path.of("").toAbsolutePath());
        List<String> classPath = List.of(jvm.classPath().split(File.pathSeparator));
        List<String> trainings = jvm.lines(TRAININGS);
        List<String> libraries =
                classPath.stream().filter(entry -> isLibrary(home, entry)).toList();
        String own = joined(classPath.stream().filter(entry -> !isLibrary(home, entry)));
        Path archive = home.resolve(FOLDER).resolve(name(jvm, options, libraries, trainings));
        Optional<String> shared = libraries(archive);
        if (shared.isPresent()) {
            arguments.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off"));
        }
        String first = shared.orElse(joined(libraries.stream()));
        String all = first + File.pathSeparator + own;
        if (shared.isEmpty()) {
            order(archive, options, List.of(first, all), trainings);
        }
        arguments.addAll(List.of("-classpath", all));
        return arguments;
    }

    private static boolean isWanted() {
        return Boolean.getBoolean("workbook.archive") && !"off".equals(System.getenv("WORKBOOK_CDS"));
    }

    /**
     * The archive's file name: a hash of its use and a hash of its content, see {@link ClassArchiveBuilder}. A library
     * that was downloaded again counts as changed. All lessons share an archive: their libraries are the same, only in a
     * different order.
     */
    private static String name(WorkerJvm jvm, List<String> options, List<String> libraries, List<String> trainings) {
        List<String> sorted = libraries.stream().sorted().toList();
        int use = List.of(Jvm.java(), options, sorted).hashCode();
        int make = List.of(
                        Runtime.version(),
                        sorted.stream().map(File::new).map(File::lastModified).toList(),
                        Stream.concat(trainings.stream(), Stream.of(ClassArchiveBuilder.class.getName()))
                                .map(type -> jvm.code(type))
                                .toList())
                .hashCode();
        return String.format("worker%08x-%08x.jsa", use, make);
    }

    /** The libraries of an archive in its order, and marks it as used; empty if it does not exist. */
    private static Optional<String> libraries(Path archive) {
        try {
            for (Path file : List.of(archive, ClassArchiveBuilder.classPath(archive))) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            }
            return Optional.of(Files.readString(ClassArchiveBuilder.classPath(archive)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Schedules the build after this JVM's end, unless it is scheduled or has failed too often. */
    private static void order(Path archive, List<String> options, List<String> paths, List<String> trainings) {
        if (!ORDERED.add(archive)
                || Files.exists(ClassArchiveBuilder.folder(archive).resolve(ClassArchiveBuilder.GIVEN_UP))) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(
                "sh", "-c", AFTER, String.valueOf(ProcessHandle.current().pid()), Jvm.java()));
        command.addAll(options);
        command.addAll(List.of(
                "-classpath", paths.get(1), ClassArchiveBuilder.class.getName(), archive.toString(), paths.get(0)));
        command.addAll(trainings);
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .getOutputStream()
                    .close();
        } catch (IOException e) {
            // without an archive the worker only starts more slowly
        }
    }

    private static boolean isLibrary(Path home, String entry) {
        return entry.endsWith(".jar") && !Path.of(entry).startsWith(home);
    }

    private static String joined(Stream<String> entries) {
        return entries.collect(Collectors.joining(File.pathSeparator));
    }
}
