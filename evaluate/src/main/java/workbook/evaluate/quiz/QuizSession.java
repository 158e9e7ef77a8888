package workbook.evaluate.quiz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import workbook.check.catalog.Workspace;
import workbook.check.docs.Page;
import workbook.check.docs.Proof;
import workbook.check.docs.Question;
import workbook.check.progress.Progress;
import workbook.check.progress.QuizAnswer;
import workbook.evaluate.exercises.Markdown;
import workbook.evaluate.exercises.Paragraph;

/**
 * A quiz session: it prints a question, waits, prints the answer, and asks whether it was known. It reads whole lines,
 * so that a learner can type and edit an answer. A missed question is asked again until it is known. Each reply is
 * recorded at once, so that nothing is lost if the session is aborted.
 */
public final class QuizSession {

    /** Fits any terminal. */
    static final int WIDTH = 80;

    private static final String KEYS = "y yes · n no · s skip · q quit";

    private final Workspace workspace;
    private final Progress progress;
    private final Clock clock;
    private final BufferedReader in;
    private final PrintStream out;
    private final Deque<Flashcard> waiting = new ArrayDeque<>();
    private final Set<Question> missed = new HashSet<>();
    private int count;
    private int begun;
    private int known;
    private int skipped;

    /**
     * Creates a session.
     *
     * @param clock its time zone defines the days
     * @param in the replies, one per line
     */
    public QuizSession(Workspace workspace, Clock clock, InputStream in, PrintStream out) {
        this.workspace = workspace;
        this.progress = Progress.of(workspace);
        this.clock = clock;
        this.in = new BufferedReader(new InputStreamReader(in));
        this.out = out;
    }

    /**
     * Asks these questions until all are known, the learner quits, or the input ends. Prints a summary.
     *
     * @throws UncheckedIOException if a reply cannot be recorded
     */
    public void ask(List<Flashcard> cards) {
        waiting.addAll(cards);
        count = cards.size();
        out.println(greeting(cards));
        Reply last = Reply.SKIP;
        while (!waiting.isEmpty() && last != Reply.QUIT) {
            last = ask(waiting.remove());
        }
        out.println("\n" + known + " known at first try, " + missed.size() + " missed, " + skipped + " skipped.");
    }

    private static String greeting(List<Flashcard> cards) {
        long newCards = cards.stream().filter(Flashcard::isNew).count();
        return (cards.size() == 1 ? "1 question, " : cards.size() + " questions, ") + newCards + " new. "
                + "Answer aloud or in writing, then compare.";
    }

    private Reply ask(Flashcard card) {
        out.println(question(card));
        Reply reply = Reply.of(line())
                .filter(early -> early == Reply.SKIP || early == Reply.QUIT)
                .orElseGet(() -> showAnswer(card.question()));
        switch (reply) {
            case YES -> knew(card);
            case NO -> missed(card);
            case SKIP -> skipped++;
            case QUIT -> {}
        }
        return reply;
    }

    private String question(Flashcard card) {
        Question question = card.question();
        String place = missed.contains(question) ? "Again" : ++begun + " of " + count;
        String subjects =
                question.subjects().stream().map(Question.Subject::name).collect(Collectors.joining(", "));
        return "\n" + lines(place + " · level " + question.level() + " · " + subjects, 0) + "\n"
                + lines(question.toString(), 0) + "\n\nEnter shows the answer · s skips · q quits";
    }

    private Reply showAnswer(Question question) {
        out.println("\n" + Markdown.plain(question.answer(), WIDTH) + "\n");
        question.proofs().stream().map(this::shown).forEach(proof -> out.println("Proof:  " + lines(proof, 8)));
        question.subjects().stream()
                .map(Question.Subject::section)
                .map(this::shown)
                .forEach(section -> out.println("More:   " + section));
        out.println("\nDid you know it? " + KEYS);
        Optional<Reply> reply = Reply.of(line());
        while (reply.isEmpty()) {
            out.println(KEYS);
            reply = Reply.of(line());
        }
        return reply.get();
    }

    private String shown(Proof proof) {
        return proof.command(workspace.home())
                .orElseGet(() -> Workspace.display(workspace.home().relativize(proof.file())) + " "
                        + proof.member().orElseThrow());
    }

    private String shown(Page.Target section) {
        return Workspace.display(workspace.home().relativize(section.file())) + "#" + section.anchor();
    }

    private void knew(Flashcard card) {
        if (!missed.contains(card.question())) {
            known++;
        }
        out.println("Asked again on " + record(card, true).due() + ".");
    }

    private void missed(Flashcard card) {
        missed.add(card.question());
        waiting.add(record(card, false));
        out.println("Asked again in this session.");
    }

    private Flashcard record(Flashcard card, boolean isKnown) {
        progress.add(new QuizAnswer(clock.instant(), card.question().anchor(), isKnown));
        return card.after(isKnown, LocalDate.now(clock));
    }

    /**
     * Reads a line. The end of the input quits, as does input that is unreadable or binary: in a JVM whose standard
     * input is closed, the first file that it opens becomes its standard input.
     */
    private String line() {
        try {
            String line = in.readLine();
            return line == null || line.indexOf('\0') >= 0 ? Reply.QUIT.name() : line;
        } catch (IOException e) {
            return Reply.QUIT.name();
        }
    }

    private static String lines(String text, int indent) {
        return Paragraph.hanging(text, indent, WIDTH);
    }
}
