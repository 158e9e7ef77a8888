package workbook.check.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Hashes of files. Line separators, {@code \n} or {@code \r\n}, make no difference. */
public final class Fingerprint {

    private Fingerprint() {}

    /** SHA-256 of the concatenated texts: 64 hexadecimal digits. */
    public static String of(Stream<byte[]> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /**
     * The texts of a file, or of all files in a folder, sorted by name; none if it does not exist.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Stream<byte[]> texts(Path place) {
        return texts(place, file -> true);
    }

    /** The texts of those files that are {@code included}. */
    public static Stream<byte[]> texts(Path place, Predicate<Path> included) {
        if (!Files.exists(place)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(included)
                    .sorted()
                    .map(Fingerprint::text)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + place, e);
        }
    }

    /** The text of a file; empty if it does not exist, because many editors delete a file before they write it. */
    public static byte[] text(Path file) {
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
