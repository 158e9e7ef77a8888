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
 * Finds what a learner has typed: a section of CONCEPTS.md, {@code state-stores} or {@code "state stores"}, or the
 * beginnings of words that all stand in its heading, {@code window}, which several sections may have.
 *
 * @param all those that questions are about
 */
record Subjects(List<Question.Subject> all) {

    static Subjects of(List<Question> questions) {
        return new Subjects(questions.stream()
                .flatMap(question -> question.subjects().stream())
                .distinct()
                .toList());
    }

    /**
     * The topics that are meant.
     *
     * @throws UnknownNameException if no question is about it; says which topics there are, the nearest first
     */
    List<Question.Subject> meant(String typed) {
        String anchor = Page.anchor(typed.substring(typed.indexOf('#') + 1).strip());
        return Stream.of(
                        all.stream()
                                .filter(topic -> anchor(topic).equals(anchor))
                                .toList(),
                        named(words(anchor)))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElseThrow(() -> unknown(typed));
    }

    private List<Question.Subject> named(List<String> typed) {
        return all.stream()
                .filter(topic -> !typed.isEmpty() && typed.stream().allMatch(word -> begins(word, anchor(topic))))
                .toList();
    }

    private static boolean begins(String beginning, String anchor) {
        return words(anchor).stream().anyMatch(word -> word.startsWith(beginning));
    }

    private UnknownNameException unknown(String typed) {
        String nearestFirst = all.stream()
                .sorted(Comparator.comparing(topic -> distance(typed, topic)))
                .map(Question.Subject::name)
                .collect(Collectors.joining(", "));
        return new UnknownNameException(Paragraph.hanging(
                "No question is about " + typed + ". There are questions about, the nearest first: " + nearestFirst,
                0,
                QuizSession.WIDTH));
    }

    /** From the whole name, or from the nearest of its words. */
    private static int distance(String typed, Question.Subject topic) {
        return Stream.concat(Stream.of(topic.name()), words(anchor(topic)).stream())
                .mapToInt(name -> Spelling.distance(typed, name))
                .min()
                .orElseThrow();
    }

    private static String anchor(Question.Subject topic) {
        return topic.section().anchor();
    }

    private static List<String> words(String anchor) {
        return Arrays.stream(anchor.split("-")).filter(word -> !word.isEmpty()).toList();
    }
}
