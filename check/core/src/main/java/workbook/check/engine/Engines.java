package workbook.check.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The engines on the class path. Finding an engine does not start it. */
public final class Engines {

    private static final List<Engine> ALL = ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    private Engines() {}

    public static List<Engine> all() {
        return ALL;
    }

    /** The engines that a checkpoint uses: its class file, or that of a nested class, refers to their packages. */
    public static List<Engine> of(Class<?> checkpoint) {
        String code = Stream.concat(Stream.of(checkpoint), Stream.of(checkpoint.getDeclaredClasses()))
                .map(Engines::code)
                .collect(Collectors.joining());
        return ALL.stream()
                .filter(engine -> code.contains(engine.packageName().replace('.', '/') + "/"))
                .toList();
    }

    /** The engines of these packages; other packages are ignored. */
    public static List<Engine> in(Collection<String> packages) {
        return ALL.stream()
                .filter(engine -> packages.contains(engine.packageName()))
                .toList();
    }

    /** Stops all engines that are running. */
    public static void stop() {
        ALL.forEach(Engine::stop);
    }

    private static String code(Class<?> type) {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream code = type.getResourceAsStream(file)) {
            return new String(code.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
