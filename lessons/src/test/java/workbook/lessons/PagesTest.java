package workbook.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every output block on a page is what the program prints. Each runs in a JVM of its own, two at a time. */
@Execution(ExecutionMode.CONCURRENT)
class PagesTest {

    private static final long MINUTES = 3;

    @TempDir
    static Path classes;

    /** Each by itself, as JBang does it. */
    @BeforeAll
    static void compileThePrograms() throws IOException {
        List<String> options = List.of("--release", "17", "-proc:none", "-Xlint:all,-path,-classfile,-serial", "-Werror",
                "-parameters", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            for (Path program : programs()) {
                assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(program)).call())
                        .as(program + " compiles").isTrue();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> aProgramPrintsWhatItsPageShows() throws IOException {
        return Page.all().stream()
                .flatMap(page -> page.runs().stream())
                .map(run -> DynamicTest.dynamicTest(run.toString(), () -> printsWhatThePageShows(run)));
    }

    @Test
    void everyProgramsHeaderTellsJbangWhatItNeeds() throws IOException {
        assertThat(programs()).isNotEmpty().allSatisfy(program -> assertThat(program).content().startsWith("""
                ///usr/bin/env jbang "$0" "$@" ; exit $?
                //JAVA 17+
                //SOURCES ../../kit/src/main/java/workbook/kit/*.java
                """));
    }

    @Test
    void everyProgramIsRunOnItsPage() throws IOException {
        for (Page page : Page.all()) {
            List<String> shown = page.runs().stream().map(run -> run.program() + ".java").toList();
            assertThat(page.programs()).isNotEmpty()
                    .allSatisfy(program -> assertThat(shown).contains(program.getFileName().toString()));
        }
    }

    private static List<Path> programs() throws IOException {
        List<Path> programs = new ArrayList<>();
        for (Page page : Page.all()) {
            programs.addAll(page.programs());
        }
        return programs;
    }

    private static void printsWhatThePageShows(Page.Run run) throws IOException, InterruptedException {
        Path output = Files.createTempFile(classes, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command(run))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // The JVM would say that it has seen these.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process process = builder.start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(Files.readString(output)).isEqualTo(run.output());
        assertThat(ended).as("ends by itself").isTrue();
        assertThat(process.exitValue()).as("exit code").isZero();
    }

    private static List<String> command(Page.Run run) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent"))
                .forEach(command::add);
        command.add("-cp");
        command.add(System.getProperty("java.class.path") + File.pathSeparator + classes);
        command.add(run.mainClass());
        command.addAll(run.arguments());
        return command;
    }
}
