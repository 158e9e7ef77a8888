package workbook.check.progress;

import java.time.Instant;

/**
 * A question of QA.md that the quiz has asked.
 *
 * @param time when it was answered, UTC
 * @param question its anchor: {@code what-is-a-watermark}
 * @param isKnown whether the learner says that they knew the answer
 */
public record QuizAnswer(Instant time, String question, boolean isKnown) {}
