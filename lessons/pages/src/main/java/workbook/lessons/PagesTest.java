package workbook.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every output block on a page is what the program prints. Two programs run at a time, in JVMs that are reused;
 * {@code .ci/programs-test} runs each in a JVM of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
public class PagesTest {

    private static final long MINUTES = 3;

    private static final Page PAGE = Page.here();
    private static final String HEADER = """
        ///usr/bin/env jbang "$0" "$@" ; exit $?
        //JAVA 17+
        //SOURCES %s
        """;

    private static final Map<String, String> KITS = Map.of(
            "org.apache.spark.", "spark/src/main/java/workbook/kit/spark/*.java",
            "org.apache.kafka.streams.", "kafka-streams/src/main/java/workbook/kit/kafkastreams/*.java",
            "org.apache.flink.", "flink/src/main/java/workbook/kit/flink/*.java",
            "org.apache.storm.", "storm/src/main/java/workbook/kit/storm/*.java",
            "org.apache.beam.", "beam/src/main/java/workbook/kit/beam/*.java",
            "workbook.kit.schemas.", "schemas/src/main/java/workbook/kit/schemas/*.java");

    private static final Queue<ProgramJvm> IDLE = new ConcurrentLinkedQueue<>();

    @TempDir
    static Path classes;

    /** Compiles each program separately, with the files of its lesson that it names, as JBang does. */
    @BeforeAll
    static void compileThePrograms() throws IOException {
        List<String> options = List.of(
                "--release",
                "17",
                "-proc:none",
                "-Xlint:all,-path,-classfile,-serial",
                "-Werror",
                "-parameters",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            for (Path program : PAGE.programs()) {
                assertThat(compiler.getTask(
                                        null,
                                        files,
                                        null,
                                        options,
                                        null,
                                        files.getJavaFileObjectsFromPaths(PAGE.sources(program)))
                                .call())
                        .as(program + " compiles")
                        .isTrue();
            }
        }
    }

    @AfterAll
    static void endTheJvms() {
        IDLE.forEach(ProgramJvm::close);
    }

    @TestFactory
    Stream<DynamicTest> aProgramPrintsWhatItsPageShows() {
        return PAGE.runs().stream()
                .map(run -> DynamicTest.dynamicTest(run.toString(), () -> printsWhatThePageShows(run)));
    }

    @Test
    void everyProgramsHeaderTellsJbangWhatItNeeds() throws IOException {
        assertThat(PAGE.programs())
                .isNotEmpty()
                .allSatisfy(program -> assertThat(program).content().startsWith(HEADER.formatted(sources(program))));
    }

    /**
     * A program names the part of the kit that it or a file of its folder imports, so that it downloads no other, or a program
     * next to it, whose kit it gets.
     */
    private static String sources(Path program) throws IOException {
        StringBuilder code = new StringBuilder();
        for (Path file : PAGE.sources(program)) {
            if (!file.equals(program) && PAGE.programs().contains(file)) {
                return file.getFileName().toString();
            }
            code.append(Files.readString(file));
        }
        return "../../kit/"
                + KITS.entrySet().stream()
                        .filter(engine -> code.indexOf("import " + engine.getKey()) >= 0)
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("core/src/main/java/workbook/kit/*.java");
    }

    @Test
    void everyProgramIsRunOnItsPage() throws IOException {
        List<String> shown =
                PAGE.runs().stream().map(run -> run.program() + ".java").toList();
        assertThat(PAGE.programs())
                .isNotEmpty()
                .allSatisfy(program ->
                        assertThat(shown).contains(program.getFileName().toString()));
    }

    /**
     * PostgreSQL refuses to run as root. Its library then starts it in a user namespace, which not every container
     * permits.
     */
    private static void assumeItsDatabaseStarts(Page.Run run) throws IOException, InterruptedException {
        if (names(run, "EmbeddedPostgres") && System.getProperty("user.name").equals("root")) {
            int code = new ProcessBuilder("unshare", "-U", "true").start().waitFor();
            assumeTrue(code == 0, "PostgreSQL does not start as root here");
        }
    }

    /** Without Node.js, such a program says that it needs it. */
    private static void assumeNodeIsThere(Page.Run run) throws IOException {
        if (names(run, "LocalKinesis") && !isOnThePath("npm")) {
            String why = "Not compared with its page, because it needs Node.js and npm: " + run;
            System.out.println(why);
            abort(why);
        }
    }

    private static boolean isOnThePath(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(Path.of(folder, command), Path.of(folder, command + ".cmd")))
                .anyMatch(Files::isExecutable);
    }

    private static boolean names(Page.Run run, String type) throws IOException {
        for (Path program : PAGE.programs()) {
            if (program.endsWith(run.program() + ".java")) {
                return Files.readString(program).contains(type);
            }
        }
        return false;
    }

    private static void assumeItsAddressExists(Page.Run run) {
        assumeTrue(!run.output().contains("[::1]") || hasIpv6(), "This machine has no IPv6");
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void printsWhatThePageShows(Page.Run run) throws IOException, InterruptedException {
        assumeItsDatabaseStarts(run);
        assumeNodeIsThere(run);
        assumeItsAddressExists(run);
        ProgramJvm idle = IDLE.poll();
        ProgramJvm jvm = idle == null ? new ProgramJvm(classes) : idle;
        ProgramJvm.Ending ending = jvm.run(run, MINUTES);
        if (jvm.isAlive()) {
            IDLE.add(jvm);
        }
        assertThat(ending.output()).isEqualTo(run.output());
        assertThat(ending.code())
                .as("exit code of a program that ends by itself")
                .contains(0);
    }
}
