package workbook.kit.orchestration;

import java.time.Instant;

/**
 * A run of a DAG.
 *
 * @param logicalDate names the run: the start of its interval
 * @param runAfter the earliest moment at which it may start
 */
public record Run(Instant logicalDate, Interval interval, Instant runAfter) {

    /** A run over an interval, which may start at its end. */
    public static Run over(Instant start, Instant end) {
        return new Run(start, new Interval(start, end), end);
    }

    /** A run over no interval, which may start at this moment. */
    public static Run at(Instant moment) {
        return over(moment, moment);
    }
}
