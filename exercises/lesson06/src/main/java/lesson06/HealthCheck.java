package lesson06;

import java.util.List;
import workbook.check.Unsolved;

/**
 * Diagnoses a query from its progress reports alone, as you have to when you are called at night.
 *
 * <p><b>In:</b> consecutive progress reports of one query, the oldest first, at least four: what
 * {@code StreamingQueryProgress.json()} returns for each batch. All sources are Kafka's. The query may have any number
 * of sources, topics and stateful operators, or no operator; the same operators are in the same order in every report. It
 * may have a watermark or none: then its reports have no {@code eventTime}. Every report has the {@code latestOffset} of
 * its sources, and {@code endOffset} has the same partitions. A partition that is not in the first report is new, and started at offset 0.
 *
 * <p><b>Out:</b> a {@link Diagnosis}. If several apply, the first of them in the order below: causes come before
 * effects, since a stuck watermark makes state leak, and skew makes a query fall behind.
 *
 * <p><b>Done means:</b> the diagnosis is right by the definitions, for the recordings in
 * {@code exercises/lesson06/src/test/resources/lesson06}, which are taken from queries that really had these problems,
 * and for other queries.
 *
 * <p>Check it with {@code mvn test -Dlesson=06 -Dexercise=HealthCheck}; hints are in
 * {@code exercises/lesson06/hints/HealthCheck.md}.
 */
public class HealthCheck {

    /** The problems, causes before effects. */
    public enum Diagnosis {

        /**
         * Event time advances, and the watermark does not: {@code eventTime.watermark} is the same in all reports,
         * although {@code eventTime.max} is later in the last report but one than in the first. (The events of a batch
         * advance the watermark of the next batch, so the last report's events do not count.) If one of these two has
         * no {@code eventTime.max}, as after a batch without rows, the watermark is not stuck.
         */
        STUCK_WATERMARK,

        /**
         * A stateful operator grows and never removes rows: its {@code numRowsTotal} is greater in every report than in
         * the one before, and its {@code numRowsRemoved} is 0 in all. State that stays the same between two reports does
         * not leak.
         */
        LEAKING_STATE,

        /**
         * A partition has at least twice its fair share. At least 100 records of a topic with <i>n</i> partitions were
         * read between the {@code endOffset} of the first report and that of the last, and 2/<i>n</i> of them or more
         * came from one partition. <i>n</i> is the number of partitions in the last report. Each topic of each source
         * counts by itself.
         */
        SKEWED,

        /**
         * The lag grows: the number of records between {@code endOffset} and {@code latestOffset}, over all partitions
         * and sources, is greater in every report than in the one before.
         */
        FALLING_BEHIND,

        /** None of these. */
        HEALTHY
    }

    /** Diagnoses a query from its progress reports, as JSON. */
    public Diagnosis diagnose(List<String> reports) {
        throw new Unsolved();
    }
}
