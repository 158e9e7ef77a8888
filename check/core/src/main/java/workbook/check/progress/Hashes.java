package workbook.check.progress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.check.catalog.Desk;
import workbook.check.catalog.Exercise;

/**
 * What tells whether a verdict still holds: as long as neither has changed. What separates lines, {@code \n} or
 * {@code \r\n}, makes no difference.
 *
 * @param source SHA-256 of the learner's file, 64 hexadecimal digits
 * @param rules SHA-256 of what it is judged by: its checkpoint and the lesson's resources, {@code kit} and {@code check}
 */
public record Hashes(String source, String rules) {

    private static final List<String> ENGINE = List.of("kit/core/src/main", "kit/spark/src/main", "check/src/main");

    /**
     * Of an exercise as it is now.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Hashes of(Desk desk, Exercise exercise) {
        return all(desk, List.of(exercise)).get(exercise);
    }

    /**
     * Of several exercises as they are now; what judges all of them is read once.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Map<Exercise, Hashes> all(Desk desk, List<Exercise> exercises) {
        List<byte[]> engine = ENGINE.stream().flatMap(place -> files(desk.home().resolve(place))).map(Hashes::text).toList();
        return exercises.stream().collect(Collectors.toMap(Function.identity(), exercise -> of(desk, exercise, engine)));
    }

    private static Hashes of(Desk desk, Exercise exercise, List<byte[]> engine) {
        Stream<Path> rules = Stream.of(exercise.checkpoint(), exercise.resources())
                .flatMap(place -> files(desk.home().resolve(place)));
        return new Hashes(hash(Stream.of(desk.home().resolve(exercise.source()))),
                digest(Stream.concat(engine.stream(), rules.map(Hashes::text))));
    }

    /** Of the texts of these files together. */
    static String hash(Stream<Path> files) {
        return digest(files.map(Hashes::text));
    }

    private static String digest(Stream<byte[]> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static Stream<Path> files(Path place) {
        if (!Files.exists(place)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + place, e);
        }
    }

    /** Nothing of a file that is not there: many editors delete a file and put the new one in its place. */
    private static byte[] text(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return text.replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
