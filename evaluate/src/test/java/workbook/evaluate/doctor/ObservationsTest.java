package workbook.evaluate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.evaluate.doctor.Finding.Level;
import workbook.evaluate.exercises.CommandRunner;

/** What each check says of readings that were made up; and that looking reads what is there. */
class ObservationsTest {

    private static final long GB = 1L << 30;
    private static final String MAVEN = "\u001b[1mApache Maven %s (1234abcd)\u001b[m\nMaven home: /opt/maven\n"
            + "Java version: %s, vendor: Eclipse Adoptium, runtime: /opt/jdk\n";

    @Test
    void aJdkIsFine() {
        assertThat(jdk(17, true)).isEqualTo(Finding.ok("17.0.1 (Temurin) with javac"));
        assertThat(jdk(25, true)).isEqualTo(Finding.ok("25.0.1 (Temurin) with javac"));
    }

    @Test
    void aJdkMayBeTooOldTooNewOrOnlyARuntime() {
        says(jdk(11, true), Level.NEEDED, "11.0.1 (Temurin) in /jdk", "needs a JDK 17 or newer", "openjdk-17-jdk");
        says(jdk(17, false), Level.NEEDED, "without javac", "a full JDK is needed", "adoptium.net");
        says(jdk(26, true), Level.NOTE, "26.0.1", "tested with JDK 17 to 25", "");
    }

    private static Finding jdk(int feature, boolean hasCompiler) {
        return new Jdk(feature, feature + ".0.1", "Temurin", hasCompiler, "/jdk").finding();
    }

    @Test
    void flagsAreNamedWhereTheyAreMissing() {
        says(
                new JvmFlags(List.of("java.base/java.nio")).finding(),
                Level.NEEDED,
                "pom.xml does not open",
                "<jvm.options…>",
                "git checkout pom.xml");
        assertThat(new JvmFlags(List.of()).finding().level()).isEqualTo(Level.OK);
    }

    @Test
    void flagsAreReadFromTheKitAndLookedForInThePom(@TempDir Path home) throws IOException {
        for (String engine : List.of("one", "two")) {
            Path kit = Files.createDirectories(home.resolve("kit/" + engine + "/src/main/java/workbook/kit/" + engine));
            Files.writeString(
                    kit.resolve("package-info.java"),
                    "//RUNTIME_OPTIONS --add-opens=java.base/java.nio=ALL-UNNAMED\n"
                            + "//RUNTIME_OPTIONS --add-opens=java.base/of." + engine + "=ALL-UNNAMED\n");
        }
        Files.writeString(home.resolve("pom.xml"), "--add-opens=java.base/of.one=ALL-UNNAMED");
        assertThat(JvmFlags.of(home)).isEqualTo(new JvmFlags(List.of("java.base/java.nio", "java.base/of.two")));
    }

    @Test
    void mavenIsFine() {
        assertThat(maven("3.8.7", "17.0.15")).isEqualTo(Finding.ok("3.8.7, on Java 17.0.15"));
        assertThat(maven("3.10.0", "21")).isEqualTo(Finding.ok("3.10.0, on Java 21"));
        assertThat(maven("4.0.0-rc-3", "25")).isEqualTo(Finding.ok("4.0.0-rc-3, on Java 25"));
    }

    @Test
    void mavenMayBeMissingTooOldSilentOrOnAnOldJava() {
        says(
                new Maven(Optional.empty()).finding(),
                Level.NEEDED,
                "not found",
                "checks your exercises",
                "sudo apt install maven");
        says(maven("3.6.3", "17.0.15"), Level.NEEDED, "3.6.3", "3.8 or newer", "brew install maven");
        says(maven("3.9.9", "11.0.2"), Level.NEEDED, "3.9.9, on Java 11.0.2", "JAVA_HOME", "export JAVA_HOME=");
        says(maven("3.9.9", "1.8.0_392"), Level.NEEDED, "3.9.9, on Java 1.8.0_392", "needs 17", "export JAVA_HOME=");
        says(
                new Maven(said(1, "", "\nThe JAVA_HOME variable is not defined correctly\n")).finding(),
                Level.NEEDED,
                "does not tell its version: The JAVA_HOME variable is not defined correctly",
                "",
                "mvn -version");
        says(new Maven(hung()).finding(), Level.NEEDED, "no answer in time", "", "mvn -version");
    }

    private static Finding maven(String version, String java) {
        return new Maven(said(0, MAVEN.formatted(version, java), "")).finding();
    }

    @Test
    void jbangIsOptional() {
        assertThat(new JBang(Optional.empty()).finding().level()).isEqualTo(Level.OK);
        assertThat(new JBang(said(0, "0.128.7\n", "")).finding())
                .isEqualTo(Finding.ok("0.128.7, installed; ./jbang uses it"));
        says(new JBang(said(1, "", "")).finding(), Level.NOTE, "'jbang --version' fails", "", "take it off the PATH");
    }

    @Test
    void withoutGitThereAreOnlyKeptStarters() {
        Optional<CommandRunner.Result> git = said(0, "git version 2.39.5\n", "");
        assertThat(new Git(git, true).finding()).isEqualTo(Finding.ok("2.39.5, and the workbook is a clone"));
        says(new Git(Optional.empty(), false).finding(), Level.NOTE, "not found", ".workbook/starters", "Leave");
        says(new Git(git, false).finding(), Level.NOTE, "the workbook is no clone", ".workbook/starters", "Leave");
    }

    @Test
    void memoryMayBeScarce() {
        assertThat(new Memory(16 * GB, 8 * GB).finding()).isEqualTo(Finding.ok("16.0 GB, 8.0 GB of them free"));
        says(
                new Memory(2 * GB, GB).finding(),
                Level.NEEDED,
                "2.0 GB, 1.0 GB of them free",
                "up to 2 GB",
                "4 GB or more");
        says(new Memory(16 * GB, 2 * GB).finding(), Level.NOTE, "2.0 GB of them free", "1 GB beside Maven", "browser");
        says(new Memory(4 * GB, 3 * GB).finding(), Level.NOTE, "4.0 GB", "", "Close what you do not need");
    }

    @Test
    void oneCoreIsSlow() {
        assertThat(new Cores(2).finding()).isEqualTo(Finding.ok("2"));
        says(new Cores(1).finding(), Level.NOTE, "only one", "twice as long", "");
    }

    @Test
    void disksMayBeFull() {
        assertThat(new Disk(20 * GB, 20 * GB, false).finding())
                .isEqualTo(Finding.ok("20.0 GB free here, 20.0 GB at ~/.m2"));
        says(
                new Disk(GB / 10, 20 * GB, true).finding(),
                Level.NEEDED,
                "0.1 GB free here",
                "checkpoints",
                "rm -rf .workbook/cds");
        says(new Disk(20 * GB, GB / 2, false).finding(), Level.NEEDED, "0.5 GB at ~/.m2", "400 MB", "home folder");
        assertThat(new Disk(20 * GB, GB / 2, true).finding().level()).isEqualTo(Level.OK);
        says(new Disk(GB, 20 * GB, true).finding(), Level.NOTE, "1.0 GB free here", "Enough, not plenty", "Make room");
    }

    @ParameterizedTest
    @ValueSource(strings = {"home/a[1]", "home/what?", "home/a:b", "home/wow!", "home/{x}", "home/*"})
    void pathsThatJavaOrSparkMisreadAreToBeChanged(String path) {
        says(
                new ProjectPath(path, "UTF-8", true).finding(),
                Level.NEEDED,
                path,
                "for something else",
                "Rename the folder");
    }

    @Test
    void pathsMayHaveSpacesAndForeignLettersWhereTheSystemCanNameThem() {
        assertThat(new ProjectPath("home/a work book", "UTF-8", true).finding().level())
                .isEqualTo(Level.OK);
        assertThat(new ProjectPath("home/büro", "utf-8", true).finding().level())
                .isEqualTo(Level.OK);
        assertThat(new ProjectPath("C:\\Users\\a", "UTF-8", true).finding().level())
                .isEqualTo(Level.OK);
        says(
                new ProjectPath("home/büro", "ANSI_X3.4-1968", true).finding(),
                Level.NEEDED,
                "home/büro",
                "ANSI_X3.4-1968",
                "export LC_ALL=C.UTF-8");
    }

    @Test
    void theWorkbookMayNotBeFoundForItsFoldersLetters() {
        says(
                new ProjectPath("home/b??ro", "ANSI_X3.4-1968", false).finding(),
                Level.NEEDED,
                "other letters than a to z",
                "ANSI_X3.4-1968",
                "export LC_ALL=C.UTF-8");
        says(
                new ProjectPath("home/other", "UTF-8", false).finding(),
                Level.NEEDED,
                "the workbook is not here: home/other",
                "started in",
                "./jbang doctor");
    }

    @Test
    void aFolderThatCannotBeWrittenIsToBeMended(@TempDir Path home) throws IOException {
        assertThat(ScratchFolder.of(home)).isEqualTo(new ScratchFolder(""));
        assertThat(home.resolve(".workbook")).isEmptyDirectory();
        says(
                new ScratchFolder("AccessDeniedException: .workbook").finding(),
                Level.NEEDED,
                "cannot be written (AccessDeniedException: .workbook)",
                "Your progress",
                "sudo chown");
    }

    @Test
    void programsHaveToReachEachOther() {
        assertThat(new Loopback("", List.of("127.0.0.1"), true).finding().level())
                .isEqualTo(Level.OK);
        says(
                new Loopback("Operation not permitted", List.of("127.0.0.1"), true).finding(),
                Level.NEEDED,
                "no connection to 127.0.0.1 (Operation not permitted)",
                "Broker and engine",
                "firewall");
        says(
                new Loopback("", List.of("10.1.2.3"), false).finding(),
                Level.NEEDED,
                "localhost is 10.1.2.3",
                "this machine",
                "127.0.0.1 localhost");
        says(new Loopback("", List.of(), false).finding(), Level.NEEDED, "localhost is unknown", "", "/etc/hosts");
    }

    @Test
    void takenPortsAreOnlyWorthANote() {
        assertThat(new Ports(List.of()).finding())
                .isEqualTo(Finding.ok("6379 (Redis), 8080 (web pages), 9092 (Kafka) are free"));
        says(
                new Ports(List.of(9092)).finding(),
                Level.NOTE,
                "9092 (Kafka) is taken",
                "docker compose up",
                "lsof -i :9092");
        says(new Ports(List.of(6379, 9092)).finding(), Level.NOTE, "6379 (Redis), 9092 (Kafka) are taken", "", "lsof");
    }

    @Test
    void aPortIsTakenIfSomebodyHasItOnOneAddress() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isTaken(other.getLocalPort())).isTrue();
        }
    }

    @Test
    void dockerIsOptional() {
        assertThat(new Docker(said(0, "28.2.2\n", ""), true).finding())
                .isEqualTo(Finding.ok("engine 28.2.2 with compose"));
        says(
                new Docker(Optional.empty(), false).finding(),
                Level.NOTE,
                "not installed",
                "WORKBOOK_KAFKA=container",
                "");
        says(
                new Docker(said(1, "", "Cannot connect to the Docker daemon"), false).finding(),
                Level.NOTE,
                "no engine answers",
                "docker compose up",
                "Start Docker Desktop");
        says(
                new Docker(said(1, "", "permission denied while trying to connect"), false).finding(),
                Level.NOTE,
                "you may not talk to the engine",
                "",
                "usermod -aG docker");
        says(new Docker(hung(), false).finding(), Level.NOTE, "no answer within 5 s", "", "Restart Docker.");
        says(
                new Docker(said(0, "28.2.2\n", ""), false).finding(),
                Level.NOTE,
                "engine 28.2.2, without compose",
                "",
                "docs.docker.com/compose");
    }

    @Test
    void windowsNeedsNoWinutils() {
        says(
                platform("Windows 11", false, false, "C:\\hadoop"),
                Level.NOTE,
                "HADOOP_HOME is C:\\hadoop",
                "BareLocalFileSystem",
                "wsl --install");
        says(platform("Windows 11", false, false, ""), Level.NOTE, "Windows 11 on amd64", "winutils.exe", "wsl");
    }

    @Test
    void theSubsystemIsSlowOnWindowsDrive() {
        assertThat(platform("Linux", false, false, "")).isEqualTo(Finding.ok("Linux on amd64"));
        assertThat(platform("Linux", true, false, "")).isEqualTo(Finding.ok("Linux on amd64, in WSL"));
        says(platform("Linux", true, true, ""), Level.NOTE, "on Windows' drive", "slowly", "cd ~");
    }

    private static Finding platform(String name, boolean isSubsystem, boolean isOnDrive, String hadoopHome) {
        return new Platform(name, "amd64", isSubsystem, isOnDrive, hadoopHome).finding();
    }

    @Test
    void encodingsAndTimeZonesAreOnlyWorthANote() {
        assertThat(new LocaleSettings("UTC", "UTF-8", "UTF-8").finding().level())
                .isEqualTo(Level.OK);
        says(
                new LocaleSettings("UTC", "UTF-8", "ANSI_X3.4-1968").finding(),
                Level.NOTE,
                "ANSI_X3.4-1968",
                "cannot be opened",
                "export LC_ALL=C.UTF-8");
        says(
                new LocaleSettings("Europe/Berlin", "UTF-8", "UTF-8").finding(),
                Level.NOTE,
                "Europe/Berlin",
                "set UTC and UTF-8",
                "");
    }

    private static Optional<CommandRunner.Result> said(int code, String out, String err) {
        return Optional.of(new CommandRunner.Result(true, code, out, err));
    }

    private static Optional<CommandRunner.Result> hung() {
        return Optional.of(new CommandRunner.Result(false, -1, "", ""));
    }

    private static void says(Finding finding, Level level, String what, String means, String mend) {
        assertThat(finding.level()).isEqualTo(level);
        assertThat(finding.what()).contains(what);
        assertThat(finding.means()).isNotEmpty().contains(means);
        assertThat(finding.mend()).contains(mend);
        assertThat(finding.mend().isEmpty()).isEqualTo(mend.isEmpty());
    }
}
