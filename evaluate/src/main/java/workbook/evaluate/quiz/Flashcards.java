package workbook.evaluate.quiz;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.check.catalog.Workspace;
import workbook.check.docs.Page;
import workbook.check.docs.Question;
import workbook.check.progress.Progress;
import workbook.check.progress.QuizAnswer;
import workbook.evaluate.exercises.UnknownNameException;

/**
 * The questions of QA.md, or some of them, and how well each is known. What was recorded of a question that is no
 * longer there is passed over.
 *
 * @param cards in the order of QA.md, so by level
 * @param today the day, in the time zone of the clock, for which this holds
 */
public record Flashcards(List<Flashcard> cards, LocalDate today) {

    /** Where the questions are. */
    public static Path page(Workspace desk) {
        return desk.home().resolve("QA.md");
    }

    /**
     * All questions as they stand now.
     *
     * @throws UncheckedIOException if QA.md or the progress cannot be read
     */
    public static Flashcards of(Workspace desk, Clock clock) {
        return of(desk, Progress.of(desk).contents().quizAnswers(), clock);
    }

    /**
     * All questions as they stand after these answers.
     *
     * @param clock its zone says which days there are
     * @throws UncheckedIOException if QA.md cannot be read
     */
    public static Flashcards of(Workspace desk, List<QuizAnswer> answers, Clock clock) {
        Map<String, List<QuizAnswer>> recalls = answers.stream()
                .sorted(Comparator.comparing(QuizAnswer::time)) // those of two machines may have been put into one file
                .collect(Collectors.groupingBy(QuizAnswer::question));
        return new Flashcards(
                Question.of(Page.read(page(desk))).stream()
                        .map(each -> card(each, recalls.getOrDefault(each.anchor(), List.of()), clock.getZone()))
                        .toList(),
                LocalDate.now(clock));
    }

    private static Flashcard card(Question question, List<QuizAnswer> recalls, ZoneId zone) {
        Flashcard card = Flashcard.fresh(question);
        for (QuizAnswer recall : recalls) {
            card = card.after(recall.isKnown(), LocalDate.ofInstant(recall.time(), zone));
        }
        return card;
    }

    /**
     * Those of one level.
     *
     * @throws UnknownNameException if there are none
     */
    public Flashcards ofLevel(int level) {
        Flashcards found = only(card -> card.question().level() == level);
        if (found.cards.isEmpty()) {
            throw new UnknownNameException("There is no question of level " + level + " here. There are levels: "
                    + cards.stream()
                            .map(card -> String.valueOf(card.question().level()))
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        return found;
    }

    /**
     * Those about what somebody has typed, as {@link Subjects} understands it.
     *
     * @throws UnknownNameException if there are none
     */
    public Flashcards about(String typed) {
        List<Question.Subject> meant =
                Subjects.of(cards.stream().map(Flashcard::question).toList()).meant(typed);
        return only(card -> card.question().subjects().stream().anyMatch(meant::contains));
    }

    private Flashcards only(Predicate<Flashcard> wanted) {
        return new Flashcards(cards.stream().filter(wanted).toList(), today);
    }

    /** What is to be asked: what is due, the missed first; then what is new; each from the first level to the last. */
    public List<Flashcard> toAsk() {
        return Stream.concat(
                        cards.stream()
                                .filter(card -> card.isDue(today))
                                .sorted(Comparator.comparing(Flashcard::isKnown)
                                        .thenComparing(card -> card.question().level())),
                        cards.stream().filter(Flashcard::isFresh))
                .toList();
    }

    /** What is not due yet, the next first. */
    public List<Flashcard> later() {
        return cards.stream()
                .filter(card -> today.isBefore(card.due()))
                .sorted(Comparator.comparing(Flashcard::due))
                .toList();
    }

    /** All of it in three figures. */
    public QuizProgress knowledge() {
        return new QuizProgress(
                cards.stream().filter(Flashcard::isKnown).count(),
                cards.size(),
                cards.stream().filter(card -> card.isDue(today)).count());
    }
}
