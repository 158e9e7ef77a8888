package workbook.evaluate.libraries;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.check.catalog.Fingerprint;
import workbook.check.catalog.Modules;
import workbook.kit.Scratch;

/**
 * Resolves the class path of a lesson with Maven, and caches it until the POMs or the sources of {@code kit} and
 * {@code check} change. Only one process at a time runs Maven.
 */
public final class CachedClassPaths implements ClassPaths {

    private static final int DIGITS = 16;
    /** The folder for Maven's output; the next run deletes what a killed JVM has left there. */
    private static final String DRAFT = "draft";

    private final Path home;
    private final Modules modules;
    private final PrintStream out;
    private final BiFunction<String, Path, List<String>> maven;

    /**
     * @param home the project's folder
     * @param out gets a message when Maven runs, which takes time
     */
    public CachedClassPaths(Path home, PrintStream out) {
        this(home, out, new MavenClassPath(home)::classPath);
    }

    CachedClassPaths(Path home, PrintStream out, BiFunction<String, Path, List<String>> maven) {
        this.home = home;
        this.modules = new Modules(home);
        this.out = out;
        this.maven = maven;
    }

    @Override
    public String of(String module) {
        Request request = request(module);
        return request.cached().orElseGet(() -> {
            out.println("Resolving the libraries of " + module + " with Maven (first use only) ...");
            return resolve(request);
        });
    }

    /**
     * The class path of a lesson for the current sources.
     *
     * @param own the project's modules on it, as the prefix of the folder's name
     * @param lesson the name of its list in the folder
     */
    private record Request(String module, String own, ModuleSnapshot snapshot, String lesson) {
        Optional<String> cached() {
            return snapshot.classPath(lesson);
        }
    }

    private Request request(String module) {
        List<String> own = modules.of(module);
        String name = own.stream().map(CachedClassPaths::dashed).collect(Collectors.joining("+")) + "-";
        String key = key(Stream.concat(
                Stream.of("pom.xml"), own.stream().flatMap(each -> Stream.of(each + "/pom.xml", each + "/src/main"))));
        return new Request(
                module,
                name,
                new ModuleSnapshot(folder().resolve(name + key)),
                dashed(module) + "-" + key(modules.poms(module).stream()));
    }

    private String resolve(Request request) {
        synchronized (CachedClassPaths.class) { // a file lock excludes other processes, but not other threads
            try (FileChannel channel = FileChannel.open(
                            Files.createDirectories(folder()).resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (request.cached().isEmpty()) {
                    runMaven(request);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the class path to " + folder() + ": " + e, e);
            }
        }
        return request.cached()
                .orElseThrow(() -> new ClassPathException("Files on the class path of " + request.module()
                        + " are missing. Another Maven build may be running. Try again."));
    }

    private void runMaven(Request request) throws IOException {
        Path draft = folder().resolve(DRAFT);
        Scratch.delete(draft);
        try {
            Path classes = Files.createDirectories(draft.resolve("classes"));
            List<String> entries = maven.apply(request.module(), draft.resolve("class-path"));
            request.snapshot().store(request.lesson(), withCopies(entries, classes), classes);
            deleteOlder(request);
        } finally {
            Scratch.delete(draft);
        }
    }

    /** Copies the classes of the project's modules. Returns the libraries, then the copies: {@code kit-core}. */
    private List<String> withCopies(List<String> entries, Path target) throws IOException {
        List<String> libraries = new ArrayList<>();
        List<String> own = new ArrayList<>();
        for (String entry : entries) {
            String module = module(entry);
            if (module.isEmpty()) {
                libraries.add(entry);
            } else {
                copy(Path.of(entry), target.resolve(module));
                own.add(module);
            }
        }
        libraries.addAll(own);
        return libraries;
    }

    /** The name of the project's module with these classes; empty for libraries. */
    private String module(String entry) throws IOException {
        Path path = Path.of(entry);
        Path root = home.toRealPath(); // like Maven's paths
        return path.startsWith(root) && path.endsWith("target/classes")
                ? dashed(root.relativize(path.getParent().getParent()).toString())
                : "";
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** Deletes older snapshots of the same modules, unless a JVM uses them. */
    private void deleteOlder(Request request) throws IOException {
        try (Stream<Path> folders = Files.list(folder())) {
            folders.filter(folder -> folder.getFileName().toString().startsWith(request.own()))
                    .map(ModuleSnapshot::new)
                    .filter(each -> !each.equals(request.snapshot()))
                    .forEach(ModuleSnapshot::deleteIfUnused);
        }
    }

    private Path folder() {
        return home.resolve(".workbook/classpath");
    }

    private static String dashed(String module) {
        return module.replace('/', '-').replace('\\', '-');
    }

    private String key(Stream<String> paths) {
        return Fingerprint.of(paths.map(home::resolve).flatMap(Fingerprint::texts))
                .substring(0, DIGITS);
    }
}
