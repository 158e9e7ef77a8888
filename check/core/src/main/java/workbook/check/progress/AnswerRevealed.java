package workbook.check.progress;

import java.time.Instant;

/**
 * The learner asked for the model answer before the exercise was solved.
 *
 * @param time when, UTC
 * @param exercise the class's full name: {@code lesson05.HourlyRevenue}
 */
public record AnswerRevealed(Instant time, String exercise) {}
