package workbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.evaluate.libraries.ClassPathException;

/** The shell with piped input, on a lesson made for the test. */
class ShellTest {

    private static final String WHOLE = """
            package lesson99;

            import java.util.List;

            public class Numbers {
                public static void main(String[] args) {}

                public static List<Long> large(List<Long> numbers) {
                    return numbers.stream().filter(number -> number > 6).toList();
                }

                public static List<Long> numbers() {
                    return List.of(6L, 7L, 8L);
                }
            }
            """;

    private static final String BROKEN = "package lesson99;\n\npublic class Broken {\n    int one = \"one\";\n}\n";

    @TempDir
    private Path lessons;

    private String classPath = TestClassPath.whole();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void lesson() throws IOException {
        Files.createDirectories(lessons.resolve("99-numbers"));
        Files.writeString(lessons.resolve("99-numbers/Numbers.java"), WHOLE);
    }

    @Test
    void evaluatesTheLessonsMethodsWithItsEngine() throws IOException {
        Files.writeString(lessons.resolve("99-numbers/Broken.java"), BROKEN);

        int code =
                shell("spark.range(Numbers.large(Numbers.numbers()).size()).count()\nPaymentRow.SCHEMA.size()\n", "99");

        assertThat(out()).contains("Numbers: large, numbers", "  spark, a Spark session", "$1 ==> 2", "$2 ==> 5");
        assertThat(err())
                .contains("Broken.java:4", "incompatible types", "Skipped, because it does not compile: Broken.java");
        assertThat(code).isZero();
    }

    @Test
    void whatTheInputThrowsIsExplained() throws IOException {
        shell("int one() { return 1 / 0; }\none()\nspark.range(3).select(\"di\")\n", "99");

        assertThat(out())
                .contains(
                        "the code divided by zero",
                        "at one (#1:1)",
                        "there is no column `di` here",
                        "Similar names: `id`")
                .doesNotContain("at CheckAnalysis", "Project");
    }

    @Test
    void aLessonWithoutAnEngineHasTheKit() throws IOException {
        classPath = TestClassPath.of(place -> !place.contains("kit/spark"));

        int code = shell("Numbers.numbers().size()\nnew BigDecimal(Payment.SCHEMA.length())\n", "99");

        assertThat(out())
                .contains("Numbers: large, numbers", "$1 ==> 3", "$2 ==> 75")
                .doesNotContain("spark");
        assertThat(err()).isEmpty();
        assertThat(code).isZero();
    }

    @Test
    void printsWhyThereIsNoClassPath() {
        int code = Shell.evaluate(
                module -> {
                    throw new ClassPathException("Maven failed for " + module + ".\nTry again.");
                },
                InputStream.nullInputStream(),
                new PrintStream(out),
                new PrintStream(err),
                "--lessons",
                lessons.toString(),
                "99");

        assertThat(err()).isEqualToIgnoringNewLines("Maven failed for lessons/99-numbers.Try again.");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void listsTheLessonsForAnUnknownNumber() {
        int code = shell("", "7");

        assertThat(err()).isEqualToIgnoringNewLines("There is no lesson 7. Lessons:  99  numbers");
        assertThat(code).isEqualTo(2);
    }

    @Test
    void doesNotStartIfNothingCompiles() throws IOException {
        Files.createDirectories(lessons.resolve("98-broken"));
        Files.writeString(lessons.resolve("98-broken/Broken.java"), BROKEN);

        int code = shell("", "98");

        assertThat(err()).contains("Broken.java:4", "No program in").doesNotContain("\tat ");
        assertThat(code).isEqualTo(1);
    }

    private int shell(String input, String number) {
        return Shell.evaluate(
                module -> classPath,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out),
                new PrintStream(err),
                "--lessons",
                lessons.toString(),
                number);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
