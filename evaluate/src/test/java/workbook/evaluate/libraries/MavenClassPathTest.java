package workbook.evaluate.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import workbook.evaluate.exercises.CommandRunner;

/** What a learner reads when Maven fails. */
class MavenClassPathTest {

    @Test
    void aLibraryThatCannotBeFetched() {
        assertThat(explained("""
                [ERROR] Failed to execute goal on project kit-core: Could not resolve dependencies for project \
                workbook:kit-core:jar:1.0-SNAPSHOT: Could not transfer artifact x from/to central -> [Help 1]
                [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
                """)).isEqualTo("""
                Maven cannot say which libraries exercises/lesson05 needs. Its first error:
                  Failed to execute goal on project kit-core: Could not resolve dependencies for project \
                workbook:kit-core:jar:1.0-SNAPSHOT: Could not transfer artifact x from/to central
                Is there a network? Libraries are fetched from Maven Central, once; afterwards none is needed.""");
    }

    @Test
    void aPomThatIsNone() {
        assertThat(explained("""
                [ERROR] [ERROR] Some problems were encountered while processing the POMs:
                [FATAL] Non-parseable POM /home/me/workbook/pom.xml: expected start tag @ line 3, column 2
                 @
                [ERROR] The build could not read 1 project -> [Help 1]
                """))
                .contains(
                        "error:\n  Non-parseable POM /home/me/workbook/pom.xml: expected start tag @ line 3, column 2\n",
                        "Has a pom.xml been changed here, or something in kit or check? 'git status' shows it.",
                        "\n  mvn compile -pl exercises/lesson05 -am");
    }

    @Test
    void aKitThatDoesNotCompile() {
        assertThat(explained("""
                [ERROR] COMPILATION ERROR :
                [ERROR] /home/me/workbook/kit/core/src/main/java/workbook/kit/ProjectFolder.java:[12,5] ';' expected
                """))
                .contains(
                        "error:\n  /home/me/workbook/kit/core/src/main/java/workbook/kit/ProjectFolder.java:[12,5] ';' expected\n");
    }

    @Test
    void aMavenThatSaysNothing() {
        assertThat(explained("")).contains("error:\n  exit code 1, without a word\n");
        assertThat(MavenClassPath.explained("exercises/lesson05", new CommandRunner.Result(false, -1, "", "")))
                .contains("no answer within 60 minutes");
    }

    private static String explained(String out) {
        return MavenClassPath.explained("exercises/lesson05", new CommandRunner.Result(true, 1, out, ""));
    }
}
