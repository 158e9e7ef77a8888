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

/** {@code ./jbang quiz [topic]}: asks from QA.md, what was missed again and again. */
@Command(
        name = "quiz",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Asks questions from QA.md: first those that come again today, then new ones, level by level.",
        footer = {
            "",
            "What you knew comes again after 1, 3, 7, 14, and then every 30 days; what you",
            "missed comes again before the end, and the next day.",
            "Ends with 0, or with 2 for arguments that make no sense."
        })
public final class Quiz extends ExercisesCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "<topic>",
            description = "a section of CONCEPTS.md, or how its words begin: watermarks, state stores; otherwise all")
    private List<String> topic = List.of();

    @Option(names = "--level", paramLabel = "N", description = "asks only questions of level 1, 2 or 3")
    private Integer level;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "asks so many questions at the most; ${DEFAULT-VALUE} unless told")
    private int count;

    @Option(names = "--all", description = "asks what is not due yet, too; it comes again no later if you knew it")
    private boolean all;

    private final Clock clock;
    private final InputStream in;

    Quiz(Supplier<Workspace> desk, Clock clock, InputStream in, PrintStream out) {
        super(desk, out);
        this.clock = clock;
        this.in = in;
    }

    /** Asks on this process's terminal, or reads what is piped in, and ends the JVM. */
    public static void main(String[] args) {
        Program.run(new Quiz(Workspace::current, Clock.systemUTC(), System.in, System.out), args);
    }

    @Override
    int run(Workspace desk, PrintStream out) {
        if (count < 1) {
            return misunderstood("--count says how many questions to ask: 1 or more, not " + count + ".");
        }
        Flashcards wanted = narrowed(Flashcards.of(desk, clock));
        List<Flashcard> cards = Stream.concat(wanted.toAsk().stream(), all ? wanted.later().stream() : Stream.empty())
                .limit(count)
                .toList();
        if (cards.isEmpty()) {
            out.println(nothing(wanted));
        } else {
            new QuizSession(desk, clock, in, out).ask(cards);
        }
        out.println("In all: " + Flashcards.of(desk, clock).knowledge() + ".");
        return 0;
    }

    private static String nothing(Flashcards wanted) {
        return wanted.later().stream()
                .findFirst()
                .map(next -> "Nothing of it is due before " + next.due() + "; --all asks all the same.")
                .orElse("There are no questions.");
    }

    private Flashcards narrowed(Flashcards deck) {
        Flashcards about = topic.isEmpty() ? deck : deck.about(String.join(" ", topic));
        return level == null ? about : about.ofLevel(level);
    }
}
