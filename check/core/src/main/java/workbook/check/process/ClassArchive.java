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
 * Class-data sharing for workers. The first worker on a class path has an archive made by an {@link ClassArchiveBuilder}, once this
 * JVM has ended; the modules of the class path name the trainings in {@code META-INF/workbook/archive-training}.
 *
 * <p>An archive's class path is jars only, and the beginning of the run's. What is built here therefore stands at the
 * run's end. It takes 230 MB of {@code .workbook}, so it is for learners, who start a worker with every check: where the
 * system property {@code workbook.archive} is set. {@code WORKBOOK_CDS=off} does without.
 */
final class ClassArchive {

    private static final String FOLDER = ".workbook/cds";
    /** Where a module on the class path names its trainings, one a line. */
    private static final String TRAININGS = "META-INF/workbook/archive-training";

    /** Waits for a process to end, then becomes another one that gives way to all others. */
    private static final String AFTER =
            "trap '' HUP INT; while kill -0 \"$0\"; do sleep 1; done; exec nice -n 19 \"$@\"";

    /** Archives that are made already, or will be. */
    private static final Set<Path> ORDERED = ConcurrentHashMap.newKeySet();

    private ClassArchive() {}

    /** What to start a JVM with that has these options: sharing an archive if there is one. */
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
     * What for, and how made: see {@link ClassArchiveBuilder}. A library that was fetched again is not the same one. Lessons have
     * the same libraries, each in an order of its own; what the first of them has had made is good for all.
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

    /** The libraries of an archive in its order, if it is there; if so, it was used now. */
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

    /** Has it made after this JVM's end, unless that is under way or has come to nothing too often. */
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
            // it is only slower without
        }
    }

    private static boolean isLibrary(Path home, String entry) {
        return entry.endsWith(".jar") && !Path.of(entry).startsWith(home);
    }

    private static String joined(Stream<String> entries) {
        return entries.collect(Collectors.joining(File.pathSeparator));
    }
}
