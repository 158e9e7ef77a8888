package workbook.evaluate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaTextTest {

    private static final String WHOLE = """
            package lesson01; // a brace {

            /* and { another */
            class Whole {
                char brace = '{', quote = '\\'', end = '"';
                String text = "{ \\" {";
                String block = ""\"
                        { " { \\""\"
                        ""\";
            }
            """;

    @Test
    void bracesInCommentsAndLiteralsDoNotCount() {
        assertThat(JavaText.isComplete(WHOLE)).isTrue();
    }

    /** Cut within a comment before the class, within each member, and before the last brace. */
    @Test
    void everyBeginningIsIncomplete() {
        int end = WHOLE.lastIndexOf('}');
        for (int length = 0; length <= end; length++) {
            assertThat(JavaText.isComplete(WHOLE.substring(0, length)))
                    .as(WHOLE.substring(0, length))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"class A { int a(){return 1;} } }", "class A {} /* open", "", "\n"})
    void superfluousAndMissingPartsAreIncomplete(String text) {
        assertThat(JavaText.isComplete(text)).isFalse();
    }
}
