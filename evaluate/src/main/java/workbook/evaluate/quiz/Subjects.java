package workbook.evaluate.quiz;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.check.docs.Page;
import workbook.check.docs.Question;
import workbook.evaluate.exercises.Paragraph;
import workbook.evaluate.exercises.Spelling;
import workbook.evaluate.exercises.UnknownNameException;

/**
 * Finds the subjects of questions by user input: a section of CONCEPTS.md, {@code state-stores} or {@code "state
 * stores"}, or beginnings of words in its heading, {@code window}, which may match several sections.
 *
 * @param all the subjects of all questions
 */
record Subjects(List<Question.Subject> all) {

    static Subjects of(List<Question> questions) {
        return new Subjects(questions.stream()
                .flatMap(question -> question.subjects().stream())
                .distinct()
                .toList());
    }

    /**
     * Returns the matching subjects.
     *
     * @throws UnknownNameException if there are none; the message lists all subjects, the closest match first
     */
    List<Question.Subject> find(String typed) {
        String anchor = Page.anchor(typed.substring(typed.indexOf('#') + 1).strip());
        return Stream.of(
                        all.stream()
                                .filter(subject -> anchor(subject).equals(anchor))
                                .toList(),
                        withWords(words(anchor)))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElseThrow(() -> unknown(typed));
    }

    private List<Question.Subject> withWords(List<String> typed) {
        return all.stream()
                .filter(subject -> !typed.isEmpty() && typed.stream().allMatch(word -> begins(word, anchor(subject))))
                .toList();
    }

    private static boolean begins(String beginning, String anchor) {
        return words(anchor).stream().anyMatch(word -> word.startsWith(beginning));
    }

    private UnknownNameException unknown(String typed) {
        String closestFirst = all.stream()
                .sorted(Comparator.comparing(subject -> distance(typed, subject)))
                .map(Question.Subject::name)
                .collect(Collectors.joining(", "));
        return new UnknownNameException(Paragraph.hanging(
                "There are no questions on " + typed + ". Subjects, closest match first: " + closestFirst,
                0,
                QuizSession.WIDTH));
    }

    /** The distance from the whole name or from the closest of its words. */
    private static int distance(String typed, Question.Subject subject) {
        return Stream.concat(Stream.of(subject.name()), words(anchor(subject)).stream())
                .mapToInt(name -> Spelling.distance(typed, name))
                .min()
                .orElseThrow();
    }

    private static String anchor(Question.Subject subject) {
        return subject.section().anchor();
    }

    private static List<String> words(String anchor) {
        return Arrays.stream(anchor.split("-")).filter(word -> !word.isEmpty()).toList();
    }
}
