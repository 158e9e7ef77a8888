package workbook.evaluate.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

/** Formats compiler errors: location, source line with a caret, message. Shows only the first errors. */
final class CompileErrors {

    private static final int SHOWN = 3;

    private static final String AMBIGUOUS = "compiler.err.ref.ambiguous";

    /** The first parameter of a method in javac's message: {@code method map(MapFunction<T,U>,Encoder<U>)}. */
    private static final Pattern LAMBDA_TYPE =
            Pattern.compile("\\bmethod (?:<[^>]*>)?\\w+\\(([\\w.]*Function\\w*(?:<(?:[^<>]|<[^<>]*>)*>)?)");

    private final Workspace workspace;
    private final Exercise exercise;
    private final List<Diagnostic<? extends JavaFileObject>> errors;

    CompileErrors(Workspace workspace, Exercise exercise, List<Diagnostic<? extends JavaFileObject>> errors) {
        this.workspace = workspace;
        this.exercise = exercise;
        this.errors = errors;
    }

    @Override
    public String toString() {
        if (isEmpty()) {
            return exercise.source() + " is empty. 'reset' restores the starter.";
        }
        List<Diagnostic<? extends JavaFileObject>> own =
                errors.stream().filter(this::isInAnswer).toList();
        String text = (own.isEmpty() ? errors : own)
                .stream().limit(SHOWN).map(this::text).collect(Collectors.joining("\n\n"));
        int more = (own.isEmpty() ? errors : own).size() - SHOWN;
        return text
                + (more > 0 ? "\n\nand " + more + " more" : "")
                + (own.isEmpty()
                        ? "\n\nThe checkpoint calls the public methods of the starter. Keep their names, parameters and"
                                + "\nreturn types; 'reset' restores the starter."
                        : "");
    }

    private boolean isEmpty() {
        try {
            return Files.readString(workspace.home().resolve(exercise.source())).isBlank();
        } catch (IOException e) {
            return false; // the compiler reports it
        }
    }

    private String text(Diagnostic<? extends JavaFileObject> error) {
        String message = ambiguousLambda(error).orElseGet(() -> message(error));
        if (error.getSource() == null) {
            return message;
        }
        return file(error) + ", line " + error.getLineNumber() + "\n\n" + shown(error) + "\n" + message;
    }

    private static String message(Diagnostic<? extends JavaFileObject> error) {
        return error.getMessage(Locale.ROOT).lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    /** Many methods of Spark take Scala's function or Java's; Java cannot choose between them for a lambda. */
    private static Optional<String> ambiguousLambda(Diagnostic<? extends JavaFileObject> error) {
        if (!AMBIGUOUS.equals(error.getCode())) {
            return Optional.empty();
        }
        String message = message(error);
        return LAMBDA_TYPE
                .matcher(message)
                .results()
                .map(method -> method.group(1).replaceAll("(\\w+\\.)+", "")) // without packages
                .filter(type -> !type.matches("Function\\d<.*"))
                .findFirst()
                .map(type -> message.lines().findFirst().orElse("") + ": it has a variant for Scala and one for Java"
                        + "\nSay which one the lambda is for, with your own types: (" + type + ") (…) -> …");
    }

    /** The source line with a caret below the error; tabs are kept, so that the caret is aligned. */
    private static String shown(Diagnostic<? extends JavaFileObject> error) {
        try {
            String text = error.getSource().getCharContent(true).toString();
            int at = (int) Math.min(error.getPosition(), text.length());
            int begin = text.lastIndexOf('\n', at - 1) + 1;
            int end = text.indexOf('\n', at);
            String line = text.substring(begin, end < 0 ? text.length() : end).stripTrailing();
            String margin = text.substring(begin, at).replaceAll("[^\t]", " ");
            return "    " + line + "\n    " + margin + "^";
        } catch (IOException e) {
            return "";
        }
    }

    private String file(Diagnostic<? extends JavaFileObject> error) {
        Path file = Path.of(error.getSource().toUri());
        return Workspace.display(workspace.home().toAbsolutePath().relativize(file));
    }

    private boolean isInAnswer(Diagnostic<? extends JavaFileObject> error) {
        return error.getSource() != null && !file(error).equals(exercise.checkpoint());
    }
}
