package workbook.evaluate.quiz;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The learner's reply to an answer: a word or its first letter. */
enum Reply {
    YES,
    NO,
    SKIP,
    QUIT;

    static Optional<Reply> of(String typed) {
        String word = typed.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(reply ->
                        word.equals(reply.name()) || word.equals(reply.name().substring(0, 1)))
                .findFirst();
    }
}
