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
import workbook.evaluate.airflow.Python;
import workbook.evaluate.doctor.Finding.Level;
import workbook.evaluate.exercises.CommandRunner;

/** The findings for made-up observations, and some real observations. */
class ObservationsTest {

    private static final long GB = 1L << 30;
    private static final String MAVEN = "\u001b[1mApache Maven %s (1234abcd)\u001b[m\nMaven home: /opt/maven\n"
            + "Java version: %s, vendor: Eclipse Adoptium, runtime: /opt/jdk\n";

    @Test
    void aJdkIsOk() {
        assertThat(jdk(17, true)).isEqualTo(Finding.ok("17.0.1 (Temurin) with javac"));
        assertThat(jdk(25, true)).isEqualTo(Finding.ok("25.0.1 (Temurin) with javac"));
    }

    @Test
    void aJdkThatIsTooOldTooNewOrOnlyARuntimeIsReported() {
        expect(jdk(11, true), Level.PROBLEM, "11.0.1 (Temurin) in /jdk", "requires JDK 17 or newer", "openjdk-17-jdk");
        expect(jdk(17, false), Level.PROBLEM, "without javac", "requires a full JDK", "adoptium.net");
        expect(jdk(26, true), Level.NOTE, "26.0.1", "tested with JDK 17 to 25", "");
    }

    private static Finding jdk(int feature, boolean hasCompiler) {
        return new Jdk(feature, feature + ".0.1", "Temurin", hasCompiler, "/jdk").finding();
    }

    @Test
    void missingFlagsAreListed() {
        expect(
                new JvmFlags(List.of("java.base/java.nio")).finding(),
                Level.PROBLEM,
                "pom.xml does not open",
                "<jvm.options…>",
                "git checkout pom.xml");
        assertThat(new JvmFlags(List.of()).finding().level()).isEqualTo(Level.OK);
    }

    @Test
    void theKitsFlagsAreComparedWithThePoms(@TempDir Path home) throws IOException {
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
    void mavenIsOk() {
        assertThat(maven("3.8.7", "17.0.15")).isEqualTo(Finding.ok("3.8.7, on Java 17.0.15"));
        assertThat(maven("3.10.0", "21")).isEqualTo(Finding.ok("3.10.0, on Java 21"));
        assertThat(maven("4.0.0-rc-3", "25")).isEqualTo(Finding.ok("4.0.0-rc-3, on Java 25"));
    }

    @Test
    void aMavenThatIsMissingTooOldBrokenOrOnAnOldJavaIsReported() {
        expect(
                new Maven(Optional.empty()).finding(),
                Level.PROBLEM,
                "not found",
                "checks your exercises",
                "sudo apt install maven");
        expect(maven("3.6.3", "17.0.15"), Level.PROBLEM, "3.6.3", "3.8 or newer", "brew install maven");
        expect(maven("3.9.9", "11.0.2"), Level.PROBLEM, "3.9.9, on Java 11.0.2", "JAVA_HOME", "export JAVA_HOME=");
        expect(
                maven("3.9.9", "1.8.0_392"),
                Level.PROBLEM,
                "3.9.9, on Java 1.8.0_392",
                "requires 17",
                "export JAVA_HOME=");
        expect(
                new Maven(result(1, "", "\nThe JAVA_HOME variable is not defined correctly\n")).finding(),
                Level.PROBLEM,
                "'mvn -version' fails: The JAVA_HOME variable is not defined correctly",
                "",
                "mvn -version");
        expect(new Maven(hung()).finding(), Level.PROBLEM, "no answer within 30 s", "", "mvn -version");
    }

    private static Finding maven(String version, String java) {
        return new Maven(result(0, MAVEN.formatted(version, java), "")).finding();
    }

    @Test
    void jbangIsOptional() {
        assertThat(new JBang(Optional.empty()).finding().level()).isEqualTo(Level.OK);
        assertThat(new JBang(result(0, "0.128.7\n", "")).finding())
                .isEqualTo(Finding.ok("0.128.7, installed; ./jbang uses it"));
        expect(
                new JBang(result(1, "", "")).finding(),
                Level.NOTE,
                "'jbang --version' fails",
                "",
                "remove it from the PATH");
    }

    @Test
    void withoutGitThereAreOnlySavedStarters() {
        Optional<CommandRunner.Result> git = result(0, "git version 2.39.5\n", "");
        assertThat(new Git(git, true).finding()).isEqualTo(Finding.ok("2.39.5; the workbook is a clone"));
        expect(
                new Git(Optional.empty(), false).finding(),
                Level.NOTE,
                "not found",
                ".workbook/starters",
                "Do not delete");
        expect(
                new Git(git, false).finding(),
                Level.NOTE,
                "the workbook is not a clone",
                ".workbook/starters",
                "Do not delete");
    }

    @Test
    void littleMemoryIsReported() {
        assertThat(new Memory(16 * GB, 8 * GB).finding()).isEqualTo(Finding.ok("16.0 GB, 8.0 GB of it available"));
        expect(
                new Memory(2 * GB, GB).finding(),
                Level.PROBLEM,
                "2.0 GB, 1.0 GB of it available",
                "up to 2 GB",
                "at least 4 GB");
        expect(
                new Memory(16 * GB, 2 * GB).finding(),
                Level.NOTE,
                "2.0 GB of it available",
                "1 GB in addition to Maven",
                "browser");
        expect(new Memory(4 * GB, 3 * GB).finding(), Level.NOTE, "4.0 GB", "", "close others");
    }

    @Test
    void aSingleCoreIsReported() {
        assertThat(new Cores(2).finding()).isEqualTo(Finding.ok("2"));
        expect(new Cores(1).finding(), Level.NOTE, "only one", "twice as long", "");
    }

    @Test
    void aFullDiskIsReported() {
        assertThat(new Disk(20 * GB, 20 * GB, false).finding())
                .isEqualTo(Finding.ok("20.0 GB free here, 20.0 GB at ~/.m2"));
        expect(
                new Disk(GB / 10, 20 * GB, true).finding(),
                Level.PROBLEM,
                "0.1 GB free here",
                "checkpoints",
                "rm -rf .workbook/cds");
        expect(new Disk(20 * GB, GB / 2, false).finding(), Level.PROBLEM, "0.5 GB at ~/.m2", "400 MB", "home folder");
        assertThat(new Disk(20 * GB, GB / 2, true).finding().level()).isEqualTo(Level.OK);
        expect(
                new Disk(GB, 20 * GB, true).finding(),
                Level.NOTE,
                "1.0 GB free here",
                "This is enough, but little",
                "Free some space");
    }

    @ParameterizedTest
    @ValueSource(strings = {"home/a[1]", "home/what?", "home/a:b", "home/wow!", "home/{x}", "home/*"})
    void pathsWithSpecialCharactersAreReported(String path) {
        expect(
                new ProjectPath(path, "UTF-8", true).finding(),
                Level.PROBLEM,
                path,
                "have a meaning for Java",
                "Rename the folder");
    }

    @Test
    void spacesAndLettersThatTheSystemCanEncodeAreAllowed() {
        assertThat(new ProjectPath("home/a work book", "UTF-8", true).finding().level())
                .isEqualTo(Level.OK);
        assertThat(new ProjectPath("home/büro", "utf-8", true).finding().level())
                .isEqualTo(Level.OK);
        assertThat(new ProjectPath("C:\\Users\\a", "UTF-8", true).finding().level())
                .isEqualTo(Level.OK);
        expect(
                new ProjectPath("home/büro", "ANSI_X3.4-1968", true).finding(),
                Level.PROBLEM,
                "home/büro",
                "ANSI_X3.4-1968",
                "export LC_ALL=C.UTF-8");
    }

    @Test
    void aWorkbookThatIsNotFoundIsExplained() {
        expect(
                new ProjectPath("home/b??ro", "ANSI_X3.4-1968", false).finding(),
                Level.PROBLEM,
                "letters other than a to z",
                "ANSI_X3.4-1968",
                "export LC_ALL=C.UTF-8");
        expect(
                new ProjectPath("home/other", "UTF-8", false).finding(),
                Level.PROBLEM,
                "not the workbook's folder: home/other",
                "current folder",
                "./jbang doctor");
    }

    @Test
    void aFolderThatIsNotWritableIsReported(@TempDir Path home) throws IOException {
        assertThat(ScratchFolder.of(home)).isEqualTo(new ScratchFolder(""));
        assertThat(home.resolve(".workbook")).isEmptyDirectory();
        expect(
                new ScratchFolder("AccessDeniedException: .workbook").finding(),
                Level.PROBLEM,
                "is not writable (AccessDeniedException: .workbook)",
                "your progress",
                "sudo chown");
    }

    @Test
    void programsMustBeAbleToConnect() {
        assertThat(new Loopback("", List.of("127.0.0.1"), true).finding().level())
                .isEqualTo(Level.OK);
        expect(
                new Loopback("Operation not permitted", List.of("127.0.0.1"), true).finding(),
                Level.PROBLEM,
                "no connection to 127.0.0.1 (Operation not permitted)",
                "broker and engine",
                "firewall");
        expect(
                new Loopback("", List.of("10.1.2.3"), false).finding(),
                Level.PROBLEM,
                "localhost is 10.1.2.3",
                "this machine",
                "127.0.0.1 localhost");
        expect(new Loopback("", List.of(), false).finding(), Level.PROBLEM, "localhost is unknown", "", "/etc/hosts");
    }

    @Test
    void portsInUseAreANote() {
        assertThat(new Ports(List.of()).finding())
                .isEqualTo(Finding.ok("6379 (Redis), 8080 (web pages), 9092 (Kafka) are free"));
        expect(
                new Ports(List.of(9092)).finding(),
                Level.NOTE,
                "9092 (Kafka) is in use",
                "docker compose up",
                "lsof -i :9092");
        expect(
                new Ports(List.of(6379, 9092)).finding(),
                Level.NOTE,
                "6379 (Redis), 9092 (Kafka) are in use",
                "",
                "lsof");
    }

    @Test
    void aPortUsedOnOneAddressIsInUse() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isTaken(other.getLocalPort())).isTrue();
        }
    }

    @Test
    void dockerIsOptional() {
        assertThat(new Docker(result(0, "28.2.2\n", ""), true).finding())
                .isEqualTo(Finding.ok("engine 28.2.2 with compose"));
        expect(
                new Docker(Optional.empty(), false).finding(),
                Level.NOTE,
                "not installed",
                "WORKBOOK_KAFKA=container",
                "");
        expect(
                new Docker(result(1, "", "Cannot connect to the Docker daemon"), false).finding(),
                Level.NOTE,
                "no engine is running",
                "docker compose up",
                "Start Docker Desktop");
        expect(
                new Docker(result(1, "", "permission denied while trying to connect"), false).finding(),
                Level.NOTE,
                "you have no permission to use the engine",
                "",
                "usermod -aG docker");
        expect(new Docker(hung(), false).finding(), Level.NOTE, "did not answer within 5 s", "", "Restart Docker.");
        expect(
                new Docker(result(0, "28.2.2\n", ""), false).finding(),
                Level.NOTE,
                "engine 28.2.2, without compose",
                "",
                "docs.docker.com/compose");
    }

    @Test
    void airflowIsOptional() {
        Optional<Python> python = Optional.of(new Python("python3", "3.11"));
        assertThat(new Airflow(Optional.of("3.3.2"), python).finding())
                .isEqualTo(Finding.ok("3.3.2 in .workbook/airflow"));
        expect(
                new Airflow(Optional.empty(), python).finding(),
                Level.NOTE,
                "not installed; Python 3.11 is there",
                "exercises in Python",
                "./jbang airflow install");
        expect(
                new Airflow(Optional.empty(), Optional.empty()).finding(),
                Level.NOTE,
                "no Python 3.10 or newer",
                "lesson 11",
                "python3-venv");
    }

    @Test
    void windowsRequiresNoWinutils() {
        expect(
                platform("Windows 11", false, false, "C:\\hadoop"),
                Level.NOTE,
                "HADOOP_HOME is C:\\hadoop",
                "BareLocalFileSystem",
                "wsl --install");
        expect(platform("Windows 11", false, false, ""), Level.NOTE, "Windows 11 on amd64", "winutils.exe", "wsl");
    }

    @Test
    void wslIsSlowOnAWindowsDrive() {
        assertThat(platform("Linux", false, false, "")).isEqualTo(Finding.ok("Linux on amd64"));
        assertThat(platform("Linux", true, false, "")).isEqualTo(Finding.ok("Linux on amd64, in WSL"));
        expect(platform("Linux", true, true, ""), Level.NOTE, "on a Windows drive", "slowly", "cd ~");
    }

    private static Finding platform(String name, boolean isSubsystem, boolean isOnDrive, String hadoopHome) {
        return new Platform(name, "amd64", isSubsystem, isOnDrive, hadoopHome).finding();
    }

    @Test
    void encodingsAndTimeZonesAreANote() {
        assertThat(new LocaleSettings("UTC", "UTF-8", "UTF-8").finding().level())
                .isEqualTo(Level.OK);
        expect(
                new LocaleSettings("UTC", "UTF-8", "ANSI_X3.4-1968").finding(),
                Level.NOTE,
                "ANSI_X3.4-1968",
                "cannot be opened",
                "export LC_ALL=C.UTF-8");
        expect(
                new LocaleSettings("Europe/Berlin", "UTF-8", "UTF-8").finding(),
                Level.NOTE,
                "Europe/Berlin",
                "set UTC and UTF-8",
                "");
    }

    private static Optional<CommandRunner.Result> result(int code, String out, String err) {
        return Optional.of(new CommandRunner.Result(true, code, out, err));
    }

    private static Optional<CommandRunner.Result> hung() {
        return Optional.of(new CommandRunner.Result(false, -1, "", ""));
    }

    private static void expect(Finding finding, Level level, String summary, String consequence, String fix) {
        assertThat(finding.level()).isEqualTo(level);
        assertThat(finding.summary()).contains(summary);
        assertThat(finding.consequence()).isNotEmpty().contains(consequence);
        assertThat(finding.fix()).contains(fix);
        assertThat(finding.fix().isEmpty()).isEqualTo(fix.isEmpty());
    }
}
