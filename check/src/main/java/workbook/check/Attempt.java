package workbook.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One answer, judged once.
 *
 * @param time when the verdict was given, UTC
 * @param exercise the class's full name: {@code lesson05.HourlyRevenue}
 * @param diagnosis the name of the misconception that was recognised, or empty
 * @param source the SHA-256 of the learner's file as it was judged, 64 hexadecimal digits
 */
public record Attempt(Instant time, String exercise, Verdict verdict, String diagnosis, String source) {

    /** The attempt that ended in this judgement just now. */
    public static Attempt of(Judgement judgement, String source) {
        return new Attempt(Instant.now(), judgement.exercise().type().getName(), judgement.verdict(),
                judgement.diagnosis(), source);
    }

    /**
     * The hash of a learner's file; what separates its lines, {@code \n} or {@code \r\n}, makes no difference.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    public static String hash(Path file) {
        try {
            byte[] text = Files.readString(file).replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
