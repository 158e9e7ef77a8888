package lesson06;

import java.util.List;
import workbook.check.Unsolved;

/**
 * What ails this query? Told from its progress alone, as whoever is called at night has to.
 *
 * <p><b>In:</b> a few progress documents of one query, in a row: what {@code StreamingQueryProgress.json()} gives, of
 * batches that follow one another, the oldest first. There are at least four. All sources are Kafka's. The query may have
 * any number of sources, topics and stateful operators, those in the same order in every document, or none; and a
 * watermark or none. Every document tells the {@code latestOffset} of its sources. A partition that is only in the last
 * document is new, and began at offset 0.
 *
 * <p><b>Out:</b> a {@link Diagnosis}. Where several are true, the first of them in the order below: the cause is worth
 * more than its effect, and a stuck watermark makes state leak, as skew makes a query fall behind.
 *
 * <p><b>Done means:</b> the diagnosis is right by the definitions, for the recordings that lie in
 * {@code exercises/lesson06/src/test/resources/lesson06}, each taken from a query that really was in that state, and for others.
 *
 * <p>Check it with {@code mvn test -Dlesson=06 -Dexercise=HealthCheck}; hints are in
 * {@code exercises/lesson06/hints/HealthCheck.md}.
 */
public class HealthCheck {

    /** What may be wrong, the causes before the effects. */
    public enum Diagnosis {

        /**
         * Event time goes on, and the watermark does not: {@code eventTime.watermark} is the same in all documents, although
         * {@code eventTime.max} is later in the last document but one than in the first. (What a batch has seen moves the
         * watermark of the batch after it; so the last document's events do not count.) Where one of the two has no
         * {@code eventTime.max}, as after a batch without rows, nothing is stuck.
         */
        STUCK_WATERMARK,

        /**
         * A stateful operator forgets nothing: its {@code numRowsTotal} is greater in every document than in the one before,
         * and its {@code numRowsRemoved} is 0 in all.
         */
        LEAKING_STATE,

        /**
         * A partition has at least twice its fair share: of at least 100 records of a topic that were read between the first
         * document's {@code endOffset} and the last one's, and of that topic's <i>n</i> partitions, one has brought
         * 2/<i>n</i> or more.
         */
        SKEWED,

        /**
         * More and more waits: the records between {@code endOffset} and {@code latestOffset}, of all partitions and sources
         * together, are more in every document than in the one before.
         */
        FALLING_BEHIND,

        /** None of these. */
        HEALTHY
    }

    /** What ails the query that these documents tell of. */
    public Diagnosis diagnose(List<String> documents) {
        throw new Unsolved();
    }
}
