package workbook.evaluate;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workbook.check.catalog.Workspace;
import workbook.evaluate.quiz.Flashcard;
import workbook.evaluate.quiz.Flashcards;
import workbook.evaluate.quiz.QuizSession;
import workbook.kit.Program;

/** {@code ./jbang quiz [subject]}: asks questions from QA.md, with spaced repetition. */
@Command(
        name = "quiz",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Asks questions from QA.md: first those due today, then new ones by level.",
        footer = {
            "",
            "A known question is asked again after 1, 3, 7, 14 and then every 30 days, a missed",
            "one in the same session and the next day.",
            "Exit code: 0, or 2 for invalid arguments."
        })
public final class Quiz extends ExercisesCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "<subject>",
            description =
                    "a section of CONCEPTS.md, or the beginning of its words: watermarks, state stores; default: all")
    private List<String> subject = List.of();

    @Option(names = "--level", paramLabel = "N", description = "ask only questions of level 1, 2 or 3")
    private Integer level;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "the maximum number of questions (default: ${DEFAULT-VALUE})")
    private int count;

    @Option(
            names = "--all",
            description = "also ask questions that are not due yet; a correct answer does not postpone them")
    private boolean all;

    private final Clock clock;
    private final InputStream in;

    Quiz(Supplier<Workspace> workspace, Clock clock, InputStream in, PrintStream out) {
        super(workspace, out);
        this.clock = clock;
        this.in = in;
    }

    /** Runs the quiz on the terminal or on piped input and ends the JVM. */
    public static void main(String[] args) {
        Program.run(new Quiz(Workspace::current, Clock.systemUTC(), System.in, System.out), args);
    }

    @Override
    int run(Workspace workspace, PrintStream out) {
        if (count < 1) {
            return usageError("--count must be at least 1, not " + count + ".");
        }
        Flashcards selected = select(Flashcards.of(workspace, clock));
        List<Flashcard> cards = Stream.concat(
                        selected.toAsk().stream(), all ? selected.later().stream() : Stream.empty())
                .limit(count)
                .toList();
        if (cards.isEmpty()) {
            out.println(nothingDue(selected));
        } else {
            new QuizSession(workspace, clock, in, out).ask(cards);
        }
        out.println("Total: " + Flashcards.of(workspace, clock).progress() + ".");
        return 0;
    }

    private static String nothingDue(Flashcards selected) {
        return selected.later().stream()
                .findFirst()
                .map(next -> "No question is due before " + next.due() + ". Use --all to be asked anyway.")
                .orElse("There are no questions.");
    }

    private Flashcards select(Flashcards cards) {
        Flashcards onSubject = subject.isEmpty() ? cards : cards.on(String.join(" ", subject));
        return level == null ? onSubject : onSubject.ofLevel(level);
    }
}
