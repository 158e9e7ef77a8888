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
    private static final String MINE = "class HourlyRevenue {\r\n    // ä, and no line end at the end\r\n}";
    private static final String KEPT = ".workbook/kept/lesson05/HourlyRevenue-20260101T193000Z.java";
    /** Nine hours ahead: the names of kept files are in UTC all the same. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T19:30:00Z"), ZoneId.of("Asia/Tokyo"));

    @TempDir
    private Path home;

    private TestWorkbook desk;

    @BeforeEach
    void open() {
        desk = new TestWorkbook(home);
    }

    @Test
    void withoutGitTheKeptCopyComesBack() {
        Starters.keep(desk.desk());
        desk.write(REVENUE.source(), MINE);

        assertThat(reset())
                .hasToString("exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java is the starter again.\n"
                        + "Your version is kept: " + KEPT);

        assertThat(desk.read(REVENUE.source())).isEqualTo(TestWorkbook.starter(REVENUE));
        assertThat(desk.read(KEPT)).isEqualTo(MINE);
    }

    @Test
    void aResetLeavesNothingBesideTheStarter() {
        Starters.keep(desk.desk());
        desk.write(REVENUE.source(), MINE);
        reset();
        assertThat(desk.files("exercises/lesson05/src/main/java/lesson05"))
                .containsExactly("DeduplicatePayments.java", "HourlyRevenue.java");
    }

    @Test
    void onlyStartersAreKeptAndOnlyOnce() {
        desk.write(TestWorkbook.DUPLICATES.source(), "class DeduplicatePayments {}");
        Starters.keep(desk.desk());
        desk.write(REVENUE.source(), "class HalfDone { void a() { throw new Unsolved(); } }");
        Starters.keep(desk.desk());

        assertThat(desk.files(".workbook/starters/lesson05")).containsExactly("HourlyRevenue.java");
        assertThat(desk.read(".workbook/starters/lesson05/HourlyRevenue.java"))
                .isEqualTo(TestWorkbook.starter(REVENUE));
    }

    @Test
    void gitRemembersTheStarterUnderneathCommittedWork() {
        assumeTrue(desk.commit(), "there is no git here");
        desk.write(REVENUE.source(), MINE);
        desk.commit();

        assertThat(reset().isChanged()).isTrue();

        assertThat(desk.read(REVENUE.source())).isEqualTo(TestWorkbook.starter(REVENUE));
        assertThat(desk.read(KEPT)).isEqualTo(MINE);
    }

    @Test
    void theNewestStarterComesBackAndNoHalfDoneAnswer() {
        String two = "class X {\n    int a() { throw new Unsolved(); }\n    int b() { throw new Unsolved(); }\n}\n";
        desk.write(REVENUE.source(), two);
        assumeTrue(desk.commit(), "there is no git here");
        String newer = "// a better word\n" + two;
        desk.write(REVENUE.source(), newer);
        desk.commit();
        desk.write(REVENUE.source(), two.replaceFirst("throw new Unsolved..;", "return 1;"));
        desk.commit();

        reset();

        assertThat(desk.read(REVENUE.source())).isEqualTo(newer);
    }

    @Test
    void whereGitKnowsNothingOfTheFileTheKeptCopyComesBack() {
        desk.delete(REVENUE.source());
        assumeTrue(desk.commit(), "there is no git here");
        desk.add(REVENUE);
        Starters.keep(desk.desk());
        desk.write(REVENUE.source(), MINE);

        reset();

        assertThat(desk.read(REVENUE.source())).isEqualTo(TestWorkbook.starter(REVENUE));
    }

    @Test
    void aStarterStaysAsItIs() {
        Starters.keep(desk.desk());
        desk.write(REVENUE.source(), TestWorkbook.starter(REVENUE).replace("\n", "\r\n"));

        assertThat(reset())
                .hasToString("exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java is the starter already.");

        assertThat(desk.read(REVENUE.source())).contains("\r\n");
        assertThat(home.resolve(".workbook/kept")).doesNotExist();
    }

    @Test
    void aFileThatIsGoneComesBack() {
        Starters.keep(desk.desk());
        desk.delete(REVENUE.source());

        assertThat(reset())
                .hasToString("exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java is the starter again.");

        assertThat(desk.read(REVENUE.source())).isEqualTo(TestWorkbook.starter(REVENUE));
    }

    @Test
    void twoResetsWithinASecondKeepBothVersions() {
        Starters.keep(desk.desk());
        desk.write(REVENUE.source(), MINE);
        reset();
        desk.write(REVENUE.source(), "class HourlyRevenue { int second; }");

        assertThat(reset().kept())
                .hasValueSatisfying(path -> assertThat(path).hasFileName("HourlyRevenue-20260101T193000Z-2.java"));

        assertThat(desk.read(KEPT)).isEqualTo(MINE);
        assertThat(desk.read(KEPT.replace("Z.java", "Z-2.java"))).isEqualTo("class HourlyRevenue { int second; }");
    }

    @Test
    void whatCannotBeKeptIsNotReplaced() throws IOException {
        Starters.keep(desk.desk());
        desk.write(REVENUE.source(), MINE);
        Files.createFile(home.resolve(".workbook/kept")); // a file where the folder should be

        assertThatThrownBy(this::reset)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Nothing was changed: your version could not be kept");

        assertThat(desk.read(REVENUE.source())).isEqualTo(MINE);
    }

    @Test
    void withoutAnyStarterNothingIsChanged() {
        desk.write(REVENUE.source(), MINE);

        assertThatThrownBy(this::reset)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("neither in git's history nor in .workbook/starters. Nothing was changed.");

        assertThat(desk.read(REVENUE.source())).isEqualTo(MINE);
    }

    private Starters.Reset reset() {
        return new Starters(desk.desk()).reset(REVENUE, CLOCK);
    }
}
