package workbook.evaluate.exercises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.catalog.Exercise;

class StartersTest {

    private static final Exercise REVENUE = TestWorkbook.REVENUE;
    private static final String MINE = "class HourlyRevenue {\r\n    // ä, and no line separator at the end\r\n}";
    private static final String KEPT = ".workbook/kept/lesson05/HourlyRevenue-20260101T193000Z.java";
    /** Nine hours ahead of UTC, but the names of kept files are in UTC. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T19:30:00Z"), ZoneId.of("Asia/Tokyo"));

    @TempDir
    private Path home;

    private TestWorkbook workbook;

    @BeforeEach
    void open() {
        workbook = new TestWorkbook(home);
    }

    @Test
    void withoutGitTheCopyIsRestored() {
        Starters.backUp(workbook.workspace());
        workbook.write(REVENUE.source(), MINE);

        assertThat(reset())
                .hasToString("Restored the starter: exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java\n"
                        + "Your version is kept in " + KEPT);

        assertThat(workbook.read(REVENUE.source())).isEqualTo(TestWorkbook.starter(REVENUE));
        assertThat(workbook.read(KEPT)).isEqualTo(MINE);
    }

    @Test
    void aResetLeavesNoOtherFiles() {
        Starters.backUp(workbook.workspace());
        workbook.write(REVENUE.source(), MINE);
        reset();
        assertThat(workbook.files("exercises/lesson05/src/main/java/lesson05"))
                .containsExactly("DeduplicatePayments.java", "HourlyRevenue.java");
    }

    @Test
    void onlyStartersAreCopiedAndOnlyOnce() {
        workbook.write(TestWorkbook.DUPLICATES.source(), "class DeduplicatePayments {}");
        Starters.backUp(workbook.workspace());
        workbook.write(REVENUE.source(), "class HalfDone { void a() { throw new Unsolved(); } }");
        Starters.backUp(workbook.workspace());

        assertThat(workbook.files(".workbook/starters/lesson05")).containsExactly("HourlyRevenue.java");
        assertThat(workbook.read(".workbook/starters/lesson05/HourlyRevenue.java"))
                .isEqualTo(TestWorkbook.starter(REVENUE));
    }

    @Test
    void theStarterIsFoundBelowCommittedWork() {
        assumeTrue(workbook.commit(), "there is no git here");
        workbook.write(REVENUE.source(), MINE);
        workbook.commit();

        assertThat(reset().isChanged()).isTrue();

        assertThat(workbook.read(REVENUE.source())).isEqualTo(TestWorkbook.starter(REVENUE));
        assertThat(workbook.read(KEPT)).isEqualTo(MINE);
    }

    @Test
    void theNewestStarterIsRestoredAndNoPartialAnswer() {
        String two = "class X {\n    int a() { throw new Unsolved(); }\n    int b() { throw new Unsolved(); }\n}\n";
        workbook.write(REVENUE.source(), two);
        assumeTrue(workbook.commit(), "there is no git here");
        String newer = "// a better comment\n" + two;
        workbook.write(REVENUE.source(), newer);
        workbook.commit();
        workbook.write(REVENUE.source(), two.replaceFirst("throw new Unsolved..;", "return 1;"));
        workbook.commit();

        reset();

        assertThat(workbook.read(REVENUE.source())).isEqualTo(newer);
    }

    @Test
    void anUncommittedStarterIsRestoredFromTheCopy() {
        workbook.delete(REVENUE.source());
        assumeTrue(workbook.commit(), "there is no git here");
        workbook.add(REVENUE);
        Starters.backUp(workbook.workspace());
        workbook.write(REVENUE.source(), MINE);

        reset();

        assertThat(workbook.read(REVENUE.source())).isEqualTo(TestWorkbook.starter(REVENUE));
    }

    @Test
    void aStarterIsLeftUnchanged() {
        Starters.backUp(workbook.workspace());
        workbook.write(REVENUE.source(), TestWorkbook.starter(REVENUE).replace("\n", "\r\n"));

        assertThat(reset())
                .hasToString("exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java is already the starter.");

        assertThat(workbook.read(REVENUE.source())).contains("\r\n");
        assertThat(home.resolve(".workbook/kept")).doesNotExist();
    }

    @Test
    void aDeletedFileIsRestored() {
        Starters.backUp(workbook.workspace());
        workbook.delete(REVENUE.source());

        assertThat(reset())
                .hasToString("Restored the starter: exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java");

        assertThat(workbook.read(REVENUE.source())).isEqualTo(TestWorkbook.starter(REVENUE));
    }

    @Test
    void twoResetsWithinASecondKeepBothVersions() {
        Starters.backUp(workbook.workspace());
        workbook.write(REVENUE.source(), MINE);
        reset();
        workbook.write(REVENUE.source(), "class HourlyRevenue { int second; }");

        assertThat(reset().kept())
                .hasValueSatisfying(path -> assertThat(path).hasFileName("HourlyRevenue-20260101T193000Z-2.java"));

        assertThat(workbook.read(KEPT)).isEqualTo(MINE);
        assertThat(workbook.read(KEPT.replace("Z.java", "Z-2.java"))).isEqualTo("class HourlyRevenue { int second; }");
    }

    @Test
    void aVersionThatCannotBeKeptIsNotReplaced() throws IOException {
        Starters.backUp(workbook.workspace());
        workbook.write(REVENUE.source(), MINE);
        Files.createFile(home.resolve(".workbook/kept")); // a file where the folder should be

        assertThatThrownBy(this::reset)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Nothing was changed: cannot copy your version to");

        assertThat(workbook.read(REVENUE.source())).isEqualTo(MINE);
    }

    @Test
    void withoutAStarterNothingIsChanged() {
        workbook.write(REVENUE.source(), MINE);

        assertThatThrownBy(this::reset)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("neither in the Git history nor in .workbook/starters. Nothing was changed.");

        assertThat(workbook.read(REVENUE.source())).isEqualTo(MINE);
    }

    private Starters.Reset reset() {
        return new Starters(workbook.workspace()).reset(REVENUE, CLOCK);
    }
}
