package workbook.check.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Compares texts with the files in {@code src/test/resources/golden}. After an intended change, {@code -Dgolden.write=true}
 * rewrites them; then read the difference.
 */
public final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /** Asserts that a script fails with the message in {@code wrong-NAME.txt}. */
    public static void assertWrong(String name, ThrowingCallable script) {
        Throwable failure = catchThrowable(script);
        assertThat(failure).isInstanceOf(AssertionError.class);
        assertText("wrong-" + name + ".txt", failure.getMessage() + "\n");
    }

    /** Asserts that the text equals the file. */
    public static void assertText(String file, String text) {
        try {
            Path golden = FOLDER.resolve(file);
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(FOLDER);
                Files.writeString(golden, text);
            }
            assertThat(text).isEqualTo(Files.readString(golden));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
