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
 * Asks Maven for the class path of a lesson, once, and keeps it until something has changed that it was made from: the POMs,
 * or the sources of {@code kit} and {@code check}. Programs that do so at the same time wait for each other.
 */
public final class CachedClassPaths implements ClassPaths {

    private static final int DIGITS = 16;
    /** Where Maven's answer becomes something to keep; what a JVM that was killed has left there is removed by the next. */
    private static final String ASIDE = "asking";

    private final Path home;
    private final Modules modules;
    private final PrintStream out;
    private final BiFunction<String, Path, List<String>> maven;

    /**
     * @param home the project's folder
     * @param out told when Maven is asked, which takes its time
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
        Request wanted = wanted(module);
        return wanted.known().orElseGet(() -> {
            out.println("Asking Maven for the libraries of " + module + ", this once ...");
            return asked(wanted);
        });
    }

    /**
     * The class path of a lesson as its sources are now.
     *
     * @param own the project's modules on it, dashed, as a beginning of the folder's name
     * @param lesson which of the lists in the folder it is
     */
    private record Request(String module, String own, ModuleSnapshot kept, String lesson) {
        Optional<String> known() {
            return kept.classPath(lesson);
        }
    }

    private Request wanted(String module) {
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

    private String asked(Request wanted) {
        synchronized (CachedClassPaths.class) { // a file lock keeps out other programs, not other threads
            try (FileChannel channel = FileChannel.open(
                            Files.createDirectories(folder()).resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (wanted.known().isEmpty()) {
                    ask(wanted);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("What Maven says cannot be kept in " + folder() + ": " + e, e);
            }
        }
        return wanted.known()
                .orElseThrow(() -> new ClassPathException("Not all that Maven names for " + wanted.module()
                        + " is there. Was somebody else running Maven at the moment? Try again."));
    }

    private void ask(Request wanted) throws IOException {
        Path aside = folder().resolve(ASIDE);
        Scratch.delete(aside);
        try {
            Path classes = Files.createDirectories(aside.resolve("classes"));
            List<String> places = maven.apply(wanted.module(), aside.resolve("answer"));
            wanted.kept().keep(wanted.lesson(), withCopies(places, classes), classes);
            removeOlder(wanted);
        } finally {
            Scratch.delete(aside);
        }
    }

    /** The libraries, then copies of the classes of the project's own modules: {@code kit-core}. */
    private List<String> withCopies(List<String> places, Path target) throws IOException {
        List<String> libraries = new ArrayList<>();
        List<String> own = new ArrayList<>();
        for (String place : places) {
            String module = module(place);
            if (module.isEmpty()) {
                libraries.add(place);
            } else {
                copy(Path.of(place), target.resolve(module));
                own.add(module);
            }
        }
        libraries.addAll(own);
        return libraries;
    }

    /** The name of the project's module whose classes these are; empty if they are no module's. */
    private String module(String place) throws IOException {
        Path path = Path.of(place);
        Path root = home.toRealPath(); // as Maven has it
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

    /** Those of the same modules as they were before; where a JVM still uses them, they stay for now. */
    private void removeOlder(Request wanted) throws IOException {
        try (Stream<Path> folders = Files.list(folder())) {
            folders.filter(folder -> folder.getFileName().toString().startsWith(wanted.own()))
                    .map(ModuleSnapshot::new)
                    .filter(each -> !each.equals(wanted.kept()))
                    .forEach(ModuleSnapshot::removeIfUnused);
        }
    }

    private Path folder() {
        return home.resolve(".workbook/classpath");
    }

    private static String dashed(String module) {
        return module.replace('/', '-').replace('\\', '-');
    }

    private String key(Stream<String> places) {
        return Fingerprint.of(places.map(home::resolve).flatMap(Fingerprint::texts))
                .substring(0, DIGITS);
    }
}
