package workbook.check.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Texts as they stand in {@code src/test/resources/golden}. After a change that is meant, {@code -Dgolden.write=true} writes
 * them anew; then read what it wrote.
 */
public final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /** A story that is refused, in the words of {@code wrong-NAME.txt}. */
    public static void assertWrong(String name, ThrowingCallable story) {
        Throwable refused = catchThrowable(story);
        assertThat(refused).isInstanceOf(AssertionError.class);
        assertText("wrong-" + name + ".txt", refused.getMessage() + "\n");
    }

    /** The text is that of the file. */
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
