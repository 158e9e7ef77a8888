package workbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell, driven by piped input, on a lesson of the test's own. */
class ShellTest {

    private static final String WHOLE = """
            package lesson99;

            import org.apache.spark.sql.Dataset;
            import org.apache.spark.sql.Row;
            import org.apache.spark.sql.SparkSession;

            public class Numbers {
                public static void main(String[] args) {}

                public static Dataset<Row> large(Dataset<Row> numbers) {
                    return numbers.where("id > 6");
                }

                public static Dataset<Row> numbers(SparkSession spark) {
                    return spark.range(10).toDF();
                }
            }
            """;

    private static final String BROKEN = "package lesson99;\n\npublic class Broken {\n    int one = \"one\";\n}\n";

    @TempDir
    private Path lessons;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void lesson() throws IOException {
        Files.createDirectories(lessons.resolve("99-numbers"));
        Files.writeString(lessons.resolve("99-numbers/Numbers.java"), WHOLE);
    }

    @Test
    void evaluatesTheLessonsMethodsOnASparkSession() throws IOException {
        Files.writeString(lessons.resolve("99-numbers/Broken.java"), BROKEN);

        int code = shell("Numbers.large(Numbers.numbers(spark)).count()\nPayment.SCHEMA.size()\n", "99");

        assertThat(out()).contains("Numbers: large, numbers", "$1 ==> 3", "$2 ==> 5");
        assertThat(err())
                .contains("Broken.java:4", "incompatible types", "Left out, as it does not compile: Broken.java");
        assertThat(code).isZero();
    }

    @Test
    void namesTheLessonsThereAreWhenAskedForAnother() {
        int code = shell("", "7");

        assertThat(err()).isEqualToIgnoringNewLines("There is no lesson 7. There are:  99  numbers");
        assertThat(code).isEqualTo(2);
    }

    @Test
    void opensNothingWhereNothingCompiles() throws IOException {
        Files.createDirectories(lessons.resolve("98-broken"));
        Files.writeString(lessons.resolve("98-broken/Broken.java"), BROKEN);

        int code = shell("", "98");

        assertThat(err()).contains("Broken.java:4", "Nothing of").doesNotContain("\tat ");
        assertThat(code).isEqualTo(1);
    }

    private int shell(String input, String number) {
        return Shell.evaluate(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), new PrintStream(out),
                new PrintStream(err), "--lessons", lessons.toString(), number);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
