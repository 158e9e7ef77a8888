package workbook.evaluate.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import workbook.evaluate.exercises.CommandRunner;

/** The messages for the learner when Maven fails. */
class MavenClassPathTest {

    @Test
    void aLibraryThatCannotBeDownloaded() {
        assertThat(message("""
                [ERROR] Failed to execute goal on project kit-core: Could not resolve dependencies for project \
                workbook:kit-core:jar:1.0-SNAPSHOT: Could not transfer artifact x from/to central -> [Help 1]
                [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
                """)).isEqualTo("""
                Maven cannot resolve the libraries of exercises/lesson05. Its first error:
                  Failed to execute goal on project kit-core: Could not resolve dependencies for project \
                workbook:kit-core:jar:1.0-SNAPSHOT: Could not transfer artifact x from/to central
                Check the network: on first use, Maven downloads libraries from Maven Central.""");
    }

    @Test
    void anInvalidPom() {
        assertThat(message("""
                [ERROR] [ERROR] Some problems were encountered while processing the POMs:
                [FATAL] Non-parseable POM /home/me/workbook/pom.xml: expected start tag @ line 3, column 2
                 @
                [ERROR] The build could not read 1 project -> [Help 1]
                """))
                .contains(
                        "error:\n  Non-parseable POM /home/me/workbook/pom.xml: expected start tag @ line 3, column 2\n",
                        "Check 'git status' for changes to a pom.xml, kit or check.",
                        "\n  mvn compile -pl exercises/lesson05 -am");
    }

    @Test
    void aKitThatDoesNotCompile() {
        assertThat(message("""
                [ERROR] COMPILATION ERROR :
                [ERROR] /home/me/workbook/kit/core/src/main/java/workbook/kit/ProjectFolder.java:[12,5] ';' expected
                """))
                .contains(
                        "error:\n  /home/me/workbook/kit/core/src/main/java/workbook/kit/ProjectFolder.java:[12,5] ';' expected\n");
    }

    @Test
    void aMavenWithoutOutput() {
        assertThat(message("")).contains("error:\n  exit code 1, no output\n");
        assertThat(MavenClassPath.message("exercises/lesson05", new CommandRunner.Result(false, -1, "", "")))
                .contains("no answer within 60 minutes");
    }

    private static String message(String out) {
        return MavenClassPath.message("exercises/lesson05", new CommandRunner.Result(true, 1, out, ""));
    }
}
