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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workbook.check.process.WorkerJvm;
import workbook.evaluate.libraries.CachedClassPaths;
import workbook.evaluate.libraries.ClassPathException;
import workbook.evaluate.libraries.ClassPaths;
import workbook.kit.Javac;
import workbook.kit.ProjectFolder;
import workbook.kit.Scratch;
import workbook.kit.explain.ShellAgent;

/**
 * {@code ./jbang shell 01}: starts JShell for a lesson. The lesson's classes are compiled and imported, as is the kit.
 * The {@code startup.jsh} of the engine's part of the kit adds more, such as a Spark session. Input runs in a separate
 * JVM, on the lesson's class path.
 */
@Command(
        name = "shell",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts JShell for a lesson, with its classes, the kit and the lesson's engine.")
public final class Shell implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "<lesson>", description = "the number of the lesson, for example 05")
    private String number;

    @Option(names = "--lessons", hidden = true, description = "the folder of the lessons")
    private Path lessons = ProjectFolder.find().orElse(Path.of("")).resolve("lessons");

    private final ClassPaths classPaths;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean piped;

    private Shell(ClassPaths classPaths, InputStream in, PrintStream out, PrintStream err, boolean piped) {
        this.classPaths = classPaths;
        this.in = in;
        this.out = out;
        this.err = err;
        this.piped = piped;
    }

    /** Starts the shell on the terminal, or evaluates piped input. */
    public static void main(String[] args) {
        boolean piped = System.console() == null || "true".equals(System.getenv("JBANG_STDIN_NOTTY"));
        ClassPaths classPaths = new CachedClassPaths(ProjectFolder.find().orElse(Path.of("")), System.out);
        System.exit(run(new Shell(classPaths, System.in, System.out, System.err, piped), args));
    }

    /** Evaluates the lines of {@code in}; returns the exit code. */
    static int evaluate(ClassPaths classPaths, InputStream in, PrintStream out, PrintStream err, String... args) {
        return run(new Shell(classPaths, in, out, err, true), args);
    }

    private static int run(Shell shell, String... args) {
        return new CommandLine(shell)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    shell.err.println(
                            e instanceof ClassPathException
                                    ? e.getMessage()
                                    : "Cannot start the shell: " + e.getMessage());
                    return 1;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws Exception {
        List<Path> found = lessons();
        Path lesson = found.stream().filter(this::isSelected).findFirst().orElse(null);
        if (lesson == null) {
            return unknownLesson(found);
        }
        String classPath = classPaths.of("lessons/" + lesson.getFileName());
        Path classes = Scratch.folder("shell-");
        List<Path> programs = compile(lesson, classPath, classes);
        if (programs.isEmpty()) {
            err.println("No program in " + lesson + " compiles. Fix the errors above, then start the shell again.");
            return 1;
        }
        WorkerJvm jvm = new WorkerJvm(classPath + File.pathSeparator + classes, Set.of());
        ShellStartup startup = ShellStartup.of(jvm);
        printGreeting(lesson, programs, jvm.classPath(), startup);
        return runShell(jvm, startup.write(packageName(programs.get(0))));
    }

    private List<Path> compile(Path lesson, String classPath, Path classes) throws IOException {
        try (Javac javac = new Javac(classPath)) {
            return new LessonCompiler(javac, classes, err::println).compile(lesson);
        }
    }

    private List<Path> lessons() throws IOException {
        if (!Files.isDirectory(lessons)) {
            throw new NoSuchFileException(
                    "there is no folder " + lessons + ". Start the shell in the workbook's folder.");
        }
        try (var folders = Files.list(lessons)) {
            return folders.filter(folder -> folder.getFileName().toString().matches("\\d\\d-.*"))
                    .sorted()
                    .toList();
        }
    }

    private boolean isSelected(Path lesson) {
        return number != null && number(lesson).equals(number.length() == 1 ? "0" + number : number);
    }

    private static String number(Path lesson) {
        return lesson.getFileName().toString().substring(0, 2);
    }

    private int unknownLesson(List<Path> found) {
        err.println(number == null ? "Specify a lesson:" : "There is no lesson " + number + ". Lessons:");
        found.forEach(
                lesson -> err.println("  " + lesson.getFileName().toString().replaceFirst("-", "  ")));
        return CommandLine.ExitCode.USAGE;
    }

    private void printGreeting(Path lesson, List<Path> programs, String classPath, ShellStartup startup)
            throws IOException {
        out.println("Lesson " + lesson.getFileName() + ". Imported:");
        try (URLClassLoader loader = new URLClassLoader(urls(classPath), ClassLoader.getPlatformClassLoader())) {
            programs.forEach(program -> out.println("  " + className(program) + methods(program, loader)));
        }
        startup.greeting().forEach(out::println);
        out.println("Type /exit to quit.");
    }

    private static URL[] urls(String classPath) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** The public static methods except {@code main}. */
    private static String methods(Path program, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(packageName(program) + "." + className(program), false, loader);
            String names = Arrays.stream(type.getDeclaredMethods())
                    .filter(Shell::isCallable)
                    .map(Method::getName)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            return names.isEmpty() ? "" : ": " + names;
        } catch (ClassNotFoundException | LinkageError e) {
            return "";
        }
    }

    private static boolean isCallable(Method method) {
        int modifiers = method.getModifiers();
        return Modifier.isPublic(modifiers)
                && Modifier.isStatic(modifiers)
                && !method.getName().equals("main");
    }

    private static String className(Path program) {
        return program.getFileName().toString().replace(".java", "");
    }

    private static String packageName(Path program) {
        return "lesson" + number(program.toAbsolutePath().getParent());
    }

    private int runShell(WorkerJvm jvm, Path startup) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--class-path",
                jvm.classPath(),
                "--execution",
                "jdi:remoteAgent(" + ShellAgent.class.getName() + ")",
                "--startup",
                startup.toString(),
                "--feedback",
                piped ? "concise" : "normal"));
        jvm.options().forEach(option -> arguments.add("-R" + option));
        // Keep preferences in memory: the JDK prints a message when it creates a preferences folder.
        JavaShellToolBuilder shell = JavaShellToolBuilder.builder()
                .persistence(new HashMap<>())
                .out(out)
                .err(err);
        return (piped ? shell.in(in, null) : shell).start(arguments.toArray(String[]::new));
    }
}
