package workbook.check.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

class HashesTest {

    private static final Exercise EXERCISE = new Exercise("lesson01.RunningTotals");

    @TempDir
    private Path home;

    private Path source;

    @BeforeEach
    void write() throws Exception {
        source = home.resolve(EXERCISE.source());
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class RunningTotals {\n}\n");
    }

    private Hashes hashes() {
        return Hashes.of(new Workspace(home), EXERCISE);
    }

    @Test
    void hashesDependOnTheTextNotOnLineSeparators() throws Exception {
        Hashes before = hashes();
        Files.writeString(source, "class RunningTotals {\r\n}\r\n");
        assertThat(hashes()).isEqualTo(before);
        Files.writeString(source, "class RunningTotals { }\n");
        assertThat(hashes().source()).isNotEqualTo(before.source());
        assertThat(hashes().rules()).isEqualTo(before.rules());
    }

    /** Many editors delete a file before they write it. */
    @Test
    void aDeletedFileHasAnotherHash() throws Exception {
        Hashes before = hashes();
        Files.delete(source);
        assertThat(hashes().source()).isNotEqualTo(before.source());
    }

    /** A lesson's module and its dependencies. */
    private void modules() throws Exception {
        write("exercises/pom.xml", named("check-core") + named("kit-core"));
        write("exercises/lesson01/pom.xml", "<parent>" + named("exercises") + "</parent>" + named("check-spark"));
        write("check/spark/pom.xml", named("check-core") + named("kit-spark"));
        write("kit/spark/pom.xml", named("kit-core"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check/core/src/main/java/workbook/check/script/Script.java",
                "check/core/src/main/java/workbook/check/checkpoint/CheckpointExtension.java",
                "check/core/src/main/java/workbook/check/kafka/KafkaTopic.java",
                "check/core/src/main/java/workbook/check/engine/Engine.java",
                "kit/core/src/main/java/workbook/kit/Payment.java",
                "check/spark/src/main/java/workbook/check/spark/SparkTestDriver.java",
                "kit/spark/src/main/java/workbook/kit/spark/LocalSpark.java",
                "exercises/lesson01/src/test/java/lesson01/RunningTotalsCheckpoint.java",
                "exercises/lesson01/src/test/resources/lesson01/payments.json"
            })
    void theRulesCoverAllThatDeterminesTheVerdict(String file) throws Exception {
        modules();
        write(file, "before");
        Hashes before = hashes();
        write(file, "after");
        assertThat(hashes().rules()).isNotEqualTo(before.rules());
        assertThat(hashes().source()).isEqualTo(before.source());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check/core/src/main/java/workbook/check/docs/Question.java",
                "check/core/src/main/java/workbook/check/progress/Progress.java",
                "check/core/src/main/java/workbook/check/process/Worker.java",
                "check/core/src/main/java/workbook/check/diagnose/Diagnoser.java",
                "check/core/src/main/java/workbook/check/difference/NumberRules.java",
                "check/core/src/main/java/workbook/check/verdict/CheckResultText.java",
                "kit/core/src/main/java/workbook/kit/explain/JavaRules.java",
                "kit/spark/src/main/java/workbook/kit/spark/explain/StateRules.java",
                "check/core/src/test/java/workbook/check/script/ScriptTest.java",
                "check/flink/src/main/java/workbook/check/flink/FlinkTestDriver.java",
                "kit/flink/src/main/java/workbook/kit/flink/Local.java",
                "exercises/lesson02/src/test/java/lesson02/OtherCheckpoint.java"
            })
    void otherFilesDoNotChangeTheHashes(String file) throws Exception {
        modules();
        write(file, "before");
        Hashes before = hashes();
        write(file, "after");
        assertThat(hashes()).isEqualTo(before);
    }

    private void write(String file, String text) throws Exception {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }

    private static String named(String module) {
        return "<dependency>\n<groupId>workbook</groupId>\n  <artifactId>" + module + "</artifactId>\n</dependency>\n";
    }
}
