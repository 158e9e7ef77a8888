package workbook.evaluate;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;
import workbook.kit.Home;
import workbook.kit.Jvm;
import workbook.kit.Scratch;

/**
 * JShell on a lesson: {@code ./jbang shell 01}. The lesson's classes are compiled and imported, so are the kit and
 * Spark's, and {@code spark} is a session. What is typed runs in a JVM of its own, with the options of this one.
 */
@Command(name = "shell", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Opens JShell on a lesson: its classes, the kit and a Spark session at hand.")
public final class Shell implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "<lesson>", description = "the lesson's number, for example 05")
    private String number;

    @Option(names = "--lessons", hidden = true, description = "the folder the lessons are in")
    private Path lessons = Home.folder().orElse(Path.of("")).resolve("lessons");

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean piped;

    private Shell(InputStream in, PrintStream out, PrintStream err, boolean piped) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.piped = piped;
    }

    /** Opens the shell on this process's terminal, or evaluates what is piped in. */
    public static void main(String[] args) {
        boolean piped = System.console() == null || "true".equals(System.getenv("JBANG_STDIN_NOTTY"));
        System.exit(run(new Shell(System.in, System.out, System.err, piped), args));
    }

    /** Evaluates the lines of {@code in}; returns the exit code. */
    static int evaluate(InputStream in, PrintStream out, PrintStream err, String... args) {
        return run(new Shell(in, out, err, true), args);
    }

    private static int run(Shell shell, String... args) {
        return new CommandLine(shell).setExecutionExceptionHandler((e, line, parsed) -> {
            shell.err.println("The shell cannot be opened: " + e.getMessage());
            return 1;
        }).execute(args);
    }

    @Override
    public Integer call() throws Exception {
        List<Path> found = lessons();
        Path lesson = found.stream().filter(this::isMeant).findFirst().orElse(null);
        if (lesson == null) {
            return refuse(found);
        }
        Path classes = Scratch.folder("shell-");
        List<Path> programs = new LessonCompiler(classes, err::println).compile(lesson);
        if (programs.isEmpty()) {
            err.println("Nothing of " + lesson + " compiles. Mend the errors above, then open the shell again.");
            return 1;
        }
        greet(lesson, programs, classes);
        return open(classes, startup(programs));
    }

    private List<Path> lessons() throws IOException {
        if (!Files.isDirectory(lessons)) {
            throw new NoSuchFileException(
                    "there is no folder " + lessons + " here. Start it in the workbook's folder.");
        }
        try (var folders = Files.list(lessons)) {
            return folders.filter(folder -> folder.getFileName().toString().matches("\\d\\d-.*")).sorted().toList();
        }
    }

    private boolean isMeant(Path lesson) {
        return number != null && number(lesson).equals(number.length() == 1 ? "0" + number : number);
    }

    private static String number(Path lesson) {
        return lesson.getFileName().toString().substring(0, 2);
    }

    private int refuse(List<Path> found) {
        err.println(number == null ? "Which lesson? There are:" : "There is no lesson " + number + ". There are:");
        found.forEach(lesson -> err.println("  " + lesson.getFileName().toString().replaceFirst("-", "  ")));
        return CommandLine.ExitCode.USAGE;
    }

    private void greet(Path lesson, List<Path> programs, Path classes) throws IOException {
        out.println("Lesson " + lesson.getFileName() + ". At hand, imported:");
        for (Path program : programs) {
            out.println("  " + className(program) + methods(program, classes));
        }
        out.println("  spark, a Spark session (it starts now; a few seconds)");
        out.println("For example: spark.range(5).show()");
        out.println("/exit leaves.");
    }

    /** The methods that can be called one by one. */
    private static String methods(Path program, Path classes) throws IOException {
        URL[] urls = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, Shell.class.getClassLoader())) {
            Class<?> type = Class.forName(packageName(program) + "." + className(program), false, loader);
            String names = Arrays.stream(type.getDeclaredMethods())
                    .filter(Shell::canBeCalled).map(Method::getName).distinct().sorted()
                    .collect(Collectors.joining(", "));
            return names.isEmpty() ? "" : ": " + names;
        } catch (ClassNotFoundException | LinkageError e) {
            return "";
        }
    }

    private static boolean canBeCalled(Method method) {
        int modifiers = method.getModifiers();
        return Modifier.isPublic(modifiers) && Modifier.isStatic(modifiers) && !method.getName().equals("main");
    }

    private static String className(Path program) {
        return program.getFileName().toString().replace(".java", "");
    }

    private static String packageName(Path program) {
        return "lesson" + number(program.toAbsolutePath().getParent());
    }

    /** What JShell evaluates before its first prompt. The session starts beside the imports. */
    private static Path startup(List<Path> programs) throws IOException {
        return Files.writeString(Scratch.folder("shell-").resolve("startup.jsh"), """
                new Thread(() -> workbook.kit.spark.LocalSpark.start("shell")).start();
                import java.math.*;
                import java.time.*;
                import java.util.*;
                import org.apache.spark.sql.*;
                import org.apache.spark.sql.streaming.*;
                import static org.apache.spark.sql.functions.*;
                import workbook.kit.*;
                import %s.*;
                SparkSession spark = LocalSpark.start("shell");
                """.formatted(packageName(programs.get(0))));
    }

    private int open(Path classes, Path startup) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--class-path", System.getProperty("java.class.path") + File.pathSeparator + classes,
                "--startup", startup.toString(),
                "--feedback", piped ? "concise" : "normal"));
        Jvm.options().forEach(option -> arguments.add("-R" + option));
        // JShell's preferences stay in memory: the JDK announces a preferences folder the first time it makes one.
        JavaShellToolBuilder shell = JavaShellToolBuilder.builder().persistence(new HashMap<>()).out(out).err(err);
        return (piped ? shell.in(in, null) : shell).start(arguments.toArray(String[]::new));
    }
}
