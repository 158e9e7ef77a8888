package workbook.check.progress;

import java.time.Instant;

/**
 * A question of QA.md, asked once.
 *
 * @param time when it was answered, UTC
 * @param question its anchor: {@code what-is-a-watermark}
 * @param isKnown whether the learner knew the answer, as they say
 */
public record QuizAnswer(Instant time, String question, boolean isKnown) {}
