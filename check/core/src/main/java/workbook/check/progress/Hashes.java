package workbook.check.progress;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Fingerprint;
import workbook.check.catalog.Modules;
import workbook.check.catalog.Workspace;

/**
 * The hashes for which a verdict is valid. A change of either makes it outdated.
 *
 * @param source the {@linkplain Fingerprint fingerprint} of the learner's file
 * @param rules the fingerprint of all that determines the verdict: the checkpoint, the lesson's resources, and the sources
 *        of the modules of {@code kit} and {@code check} that the lesson depends on. Of {@code check/core}, packages that
 *        only format, store or show a verdict do not count; nor do the packages of the kit that explain exceptions
 */
public record Hashes(String source, String rules) {

    private static final String CORE = "check/core";
    /** Explanations of exceptions, in the kit. */
    private static final Path EXPLAINS = Path.of("explain");

    private static final List<String> DECIDES = List.of("checkpoint", "engine", "kafka", "script");

    /**
     * The current hashes of an exercise.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Hashes of(Workspace workspace, Exercise exercise) {
        return all(workspace, List.of(exercise)).get(exercise);
    }

    /**
     * The current hashes of several exercises; modules that they share are read once.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Map<Exercise, Hashes> all(Workspace workspace, List<Exercise> exercises) {
        Map<List<String>, List<byte[]>> moduleSources = new HashMap<>();
        Map<String, List<String>> modules = new HashMap<>();
        return exercises.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        exercise -> of(
                                workspace,
                                exercise,
                                moduleSources.computeIfAbsent(
                                        modules.computeIfAbsent(exercise.module(), new Modules(workspace.home())::of),
                                        used -> used.stream()
                                                .flatMap(module -> decides(workspace, module))
                                                .toList()))));
    }

    private static Hashes of(Workspace workspace, Exercise exercise, List<byte[]> moduleSources) {
        Stream<byte[]> rules = Stream.of(exercise.checkpoint(), exercise.resources())
                .map(workspace.home()::resolve)
                .flatMap(Fingerprint::texts);
        return new Hashes(
                hash(Stream.of(workspace.home().resolve(exercise.source()))),
                Fingerprint.of(Stream.concat(moduleSources.stream(), rules)));
    }

    private static Stream<byte[]> decides(Workspace workspace, String module) {
        Path main = workspace.home().resolve(module).resolve("src/main");
        return module.equals(CORE)
                ? DECIDES.stream()
                        .map(main.resolve("java/workbook/check")::resolve)
                        .flatMap(Fingerprint::texts)
                : Fingerprint.texts(main, file -> !file.getParent().endsWith(EXPLAINS));
    }

    /** The hash of the texts of these files. */
    static String hash(Stream<Path> files) {
        return Fingerprint.of(files.map(Fingerprint::text));
    }
}
