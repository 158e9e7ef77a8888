package workbook.kit.explain;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of the causes of an exception.
 *
 * @param details the details from the engine that threw it
 * @param message the message without the error's name
 */
record Failure(Throwable thrown, Optional<EngineErrors.ErrorDetails> details, String message) {

    /** Code that other code calls: who called it has the exception in hand. */
    private static final Pattern LIBRARY = Pattern.compile("(java|javax|jdk|sun|scala)\\..*");

    /** A cause; if its message was lost on the way from a task, it is taken from the message of another cause. */
    static Failure of(Throwable thrown, List<Throwable> causes) {
        String message = thrown.getMessage() != null ? thrown.getMessage() : messageInOtherCauses(thrown, causes);
        return new Failure(
                thrown, EngineErrors.errorDetails(thrown), message.strip().replaceFirst("^\\[[A-Z_.0-9]+] ", ""));
    }

    /** The engine's name for the error, such as {@code UNRESOLVED_COLUMN.WITH_SUGGESTION}, else the Java class. */
    String name() {
        return details.map(EngineErrors.ErrorDetails::name)
                .filter(name -> !name.isEmpty())
                .orElse(thrown.getClass().getSimpleName());
    }

    /** The error's name in brackets, and the {@linkplain Quote beginning} of its message. */
    String quote() {
        return ("[" + name() + "] " + Quote.of(message)).strip();
    }

    /**
     * What rules match: {@code name: message}, a line for each {@link FailureNote}, and at the end {@code at Class.method},
     * the code that threw it, unless the stack trace is empty.
     */
    String description() {
        return name() + ": " + message
                + Stream.of(thrown.getSuppressed())
                        .filter(FailureNote.class::isInstance)
                        .map(note -> "\n" + note.getMessage())
                        .collect(Collectors.joining())
                + thrower()
                        .map(at -> "\nat " + at.getClassName() + "." + at.getMethodName())
                        .orElse("");
    }

    /** The innermost frame outside the libraries of Java and Scala. */
    Optional<StackTraceElement> thrower() {
        return Stream.of(thrown.getStackTrace())
                .filter(frame -> !LIBRARY.matcher(frame.getClassName()).matches())
                .findFirst();
    }

    /** Whether the engine names the cause, and not only the place where it failed. */
    boolean isNamed() {
        return details.filter(EngineErrors.ErrorDetails::isPrecise).isPresent();
    }

    /** Whether the engine only says where it failed; the cause says why. */
    boolean isWrapper() {
        return isFromEngine() && !isNamed() && thrown.getCause() != null;
    }

    boolean isFromEngine() {
        return details.isPresent();
    }

    /** Whether Kafka's broker or its client threw it. */
    boolean isFromKafka() {
        return isKafka(thrown.getClass().getName())
                || thrower().filter(frame -> isKafka(frame.getClassName())).isPresent();
    }

    private static boolean isKafka(String className) {
        return className.startsWith("org.apache.kafka.");
    }

    /** The frames that the engine recorded, then those of the stack trace. */
    Stream<StackTraceElement> frames() {
        return Stream.concat(
                details.stream().flatMap(engine -> engine.frames().stream()), Stream.of(thrown.getStackTrace()));
    }

    /** The SQL expression that failed. */
    Optional<String> sql() {
        return details.flatMap(EngineErrors.ErrorDetails::sql);
    }

    private static String messageInOtherCauses(Throwable thrown, List<Throwable> causes) {
        String name = Pattern.quote(thrown.getClass().getName());
        return Stream.of(name + ": ([^\n]+)", "\\bReason: ([^\n]+)")
                .map(Pattern::compile)
                .flatMap(repeated -> causes.stream()
                        .filter(cause -> cause.getMessage() != null)
                        .map(cause -> repeated.matcher(cause.getMessage())))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }
}
