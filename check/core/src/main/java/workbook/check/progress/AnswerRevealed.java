package workbook.check.progress;

import java.time.Instant;

/**
 * Somebody wanted to see the answer before an exercise was solved.
 *
 * @param time when, UTC
 * @param exercise the class's full name: {@code lesson05.HourlyRevenue}
 */
public record AnswerRevealed(Instant time, String exercise) {}
