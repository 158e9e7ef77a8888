package workbook.check.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.check.checkpoint.StepFailure;
import workbook.kit.ProjectFolder;

/**
 * The explanations of code that does not run, in files {@code golden/broken-….txt}: one for each public method of some
 * classes. A file has the code of a line in place of its number, so that readers see whether it is the right one. {@code
 * -Dgolden.write=true} rewrites the files.
 */
public final class BrokenTexts {

    private static final Pattern LINE = Pattern.compile("(?<=\\.java, line )\\d+");

    private final Path tests;
    private final List<Class<?>> classes;

    /** @param module the folder of the module whose tests contain the classes */
    public BrokenTexts(String module, Class<?>... classes) {
        this.tests = ProjectFolder.find().orElseThrow().resolve(module).resolve("src/test");
        this.classes = List.of(classes);
    }

    /** The methods to run. */
    public Stream<Method> cases() {
        return classes.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                        .sorted(Comparator.comparing(Method::getName)));
    }

    /** Asserts that the explanation of what a method has thrown equals the file. */
    public void assertExplained(Method broken, Throwable thrown) {
        assertThat(thrown).as("%s runs", broken.getName()).isNotNull();
        Exercise exercise = new Exercise(broken.getDeclaringClass().getName());
        try {
            String text = withCode(StepFailure.toResult(exercise, "", thrown).toString(), exercise) + "\n";
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(folder());
                Files.writeString(file(broken), text);
            }
            assertThat(file(broken))
                    .as("the text of %s", broken.getName())
                    .content()
                    .isEqualTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot compare the text of " + broken.getName(), e);
        }
    }

    /** Asserts that there is no file without a method. */
    public void assertEveryFileHasACase() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("broken-")))
                    .containsExactlyInAnyOrderElementsOf(cases().map(this::file).toList());
        }
    }

    private String withCode(String text, Exercise exercise) throws IOException {
        String source = exercise.className().replace('.', '/') + ".java";
        List<String> code = Files.readAllLines(tests.resolve("java").resolve(source));
        return LINE.matcher(text)
                .replaceAll(line -> "‹"
                        + code.get(Integer.parseInt(line.group()) - 1).strip().replace("$", "\\$") + "›");
    }

    private Path folder() {
        return tests.resolve("resources/golden");
    }

    private Path file(Method broken) {
        return folder().resolve("broken-"
                + broken.getName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + ".txt");
    }
}
