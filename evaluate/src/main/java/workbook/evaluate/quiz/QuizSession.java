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
 * A sitting: a question, time to answer it, the answer, and whether it was known. Every line is read as a whole, on a
 * terminal, too, where whoever writes the answer down can correct it. What was missed is asked again until it is known.
 * Each reply is recorded at once, so that nothing is lost where a sitting is cut short.
 */
public final class QuizSession {

    /** What fits any terminal. */
    static final int WIDTH = 80;

    private static final String KEYS = "y yes · n no · s skip · q quit";

    private final Workspace desk;
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
     * A sitting that has not begun.
     *
     * @param clock its zone says which days there are
     * @param in the replies, a line each
     */
    public QuizSession(Workspace desk, Clock clock, InputStream in, PrintStream out) {
        this.desk = desk;
        this.progress = Progress.of(desk);
        this.clock = clock;
        this.in = new BufferedReader(new InputStreamReader(in));
        this.out = out;
    }

    /**
     * Asks these until all are known, somebody quits, or the input ends; says what came of it.
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
        out.println("\n" + known + " known at once, " + missed.size() + " missed, " + skipped + " skipped.");
    }

    private static String greeting(List<Flashcard> cards) {
        long fresh = cards.stream().filter(Flashcard::isFresh).count();
        return (cards.size() == 1 ? "1 question, " : cards.size() + " questions, ") + fresh + " new. "
                + "Answer aloud or in writing: only you judge it.";
    }

    private Reply ask(Flashcard card) {
        out.println(question(card));
        Reply reply = Reply.of(line())
                .filter(early -> early == Reply.SKIP || early == Reply.QUIT)
                .orElseGet(() -> judged(card.question()));
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
        String place = missed.contains(question) ? "Once more" : ++begun + " of " + count;
        String topics = question.subjects().stream().map(Question.Subject::name).collect(Collectors.joining(", "));
        return "\n" + lines(place + " · level " + question.level() + " · " + topics, 0) + "\n"
                + lines(question.toString(), 0) + "\n\nEnter shows the answer · s skips · q quits";
    }

    private Reply judged(Question question) {
        out.println("\n" + Markdown.plain(question.answer(), WIDTH) + "\n");
        question.proofs().stream().map(this::shown).forEach(proof -> out.println("See it: " + lines(proof, 8)));
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
        return proof.command(desk.home())
                .orElseGet(() -> Workspace.display(desk.home().relativize(proof.file())) + " "
                        + proof.member().orElseThrow());
    }

    private String shown(Page.Target section) {
        return Workspace.display(desk.home().relativize(section.file())) + "#" + section.anchor();
    }

    private void knew(Flashcard card) {
        if (!missed.contains(card.question())) {
            known++;
        }
        out.println("It comes again on " + recorded(card, true).due() + ".");
    }

    private void missed(Flashcard card) {
        missed.add(card.question());
        waiting.add(recorded(card, false));
        out.println("It comes again before the end.");
    }

    private Flashcard recorded(Flashcard card, boolean isKnown) {
        progress.add(new QuizAnswer(clock.instant(), card.question().anchor(), isKnown));
        return card.after(isKnown, LocalDate.now(clock));
    }

    /**
     * The end of the input quits, and so does an input that cannot be read, or is no text: nobody sits at it. A JVM
     * whose standard input is closed takes the first file that it opens for it.
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
