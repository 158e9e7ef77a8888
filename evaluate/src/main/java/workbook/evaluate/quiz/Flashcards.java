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
 * The questions of QA.md, or some of them, as flashcards. Recorded answers to questions that no longer exist are
 * ignored.
 *
 * @param cards in the order of QA.md, which is by level
 * @param today the current day in the time zone of the clock
 */
public record Flashcards(List<Flashcard> cards, LocalDate today) {

    /** The page with the questions. */
    public static Path page(Workspace workspace) {
        return workspace.home().resolve("QA.md");
    }

    /**
     * All questions with the recorded answers.
     *
     * @throws UncheckedIOException if QA.md or the progress cannot be read
     */
    public static Flashcards of(Workspace workspace, Clock clock) {
        return of(workspace, Progress.of(workspace).contents().quizAnswers(), clock);
    }

    /**
     * All questions with these answers.
     *
     * @param clock its time zone defines the days
     * @throws UncheckedIOException if QA.md cannot be read
     */
    public static Flashcards of(Workspace workspace, List<QuizAnswer> answers, Clock clock) {
        Map<String, List<QuizAnswer>> byQuestion = answers.stream()
                .sorted(Comparator.comparing(QuizAnswer::time)) // answers of two machines may be merged in one file
                .collect(Collectors.groupingBy(QuizAnswer::question));
        return new Flashcards(
                Question.of(Page.read(page(workspace))).stream()
                        .map(each -> card(each, byQuestion.getOrDefault(each.anchor(), List.of()), clock.getZone()))
                        .toList(),
                LocalDate.now(clock));
    }

    private static Flashcard card(Question question, List<QuizAnswer> byQuestion, ZoneId zone) {
        Flashcard card = Flashcard.neverAsked(question);
        for (QuizAnswer answer : byQuestion) {
            card = card.after(answer.isKnown(), LocalDate.ofInstant(answer.time(), zone));
        }
        return card;
    }

    /**
     * The questions of one level.
     *
     * @throws UnknownNameException if there are none
     */
    public Flashcards ofLevel(int level) {
        Flashcards ofLevel = only(card -> card.question().level() == level);
        if (ofLevel.cards.isEmpty()) {
            throw new UnknownNameException("There are no questions of level " + level + ". Levels: "
                    + cards.stream()
                            .map(card -> String.valueOf(card.question().level()))
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        return ofLevel;
    }

    /**
     * The questions on a subject, in the notation of {@link Subjects}.
     *
     * @throws UnknownNameException if there are none
     */
    public Flashcards on(String typed) {
        List<Question.Subject> found =
                Subjects.of(cards.stream().map(Flashcard::question).toList()).find(typed);
        return only(card -> card.question().subjects().stream().anyMatch(found::contains));
    }

    private Flashcards only(Predicate<Flashcard> condition) {
        return new Flashcards(cards.stream().filter(condition).toList(), today);
    }

    /** The questions to ask: those due, missed ones first, then new ones; each by level. */
    public List<Flashcard> toAsk() {
        return Stream.concat(
                        cards.stream()
                                .filter(card -> card.isDue(today))
                                .sorted(Comparator.comparing(Flashcard::isKnown)
                                        .thenComparing(card -> card.question().level())),
                        cards.stream().filter(Flashcard::isNew))
                .toList();
    }

    /** The questions that are not due yet, by due day. */
    public List<Flashcard> later() {
        return cards.stream()
                .filter(card -> today.isBefore(card.due()))
                .sorted(Comparator.comparing(Flashcard::due))
                .toList();
    }

    /** A summary of all questions. */
    public QuizProgress progress() {
        return new QuizProgress(
                cards.stream().filter(Flashcard::isKnown).count(),
                cards.size(),
                cards.stream().filter(card -> card.isDue(today)).count());
    }
}
