package workbook.figures;

import static workbook.check.script.Script.at;

import java.time.Duration;
import java.util.List;

/** The figures of CONCEPTS.md, in its order. */
final class Figures {

    private static final String SCRIPTS = FigureScripts.class.getName();

    static final List<Figure> ALL = List.of(
            new Figure(
                    "output-modes",
                    "One query, the same payments, three output modes",
                    "A table of four batches. Append emits the hour from nine once, after batch 3, with 7.00, "
                            + "and drops the payment that arrives for it in batch 4. Update emits each hour that a "
                            + "batch changes: 5.00, then 7.00 for the hour from nine, 1.00, then 9.00 for the one from "
                            + "ten; it drops the late payment, too. Complete emits every hour each time, keeps both, "
                            + "and counts the late payment: 11.00.",
                    SCRIPTS,
                    "theSameRowsInThreeModes",
                    new ModesSideBySide(3)),
            new Figure(
                    "sessions",
                    "A late click merges two sessions into one",
                    "A customer's clicks on a time axis, a lane for each batch. After batch 1, with clicks at "
                            + "09:00 and 09:35, there are two sessions with a gap of thirty minutes. Batch 2 brings a "
                            + "click of 09:20, which is behind the watermark of 09:25 and merges both into one session. "
                            + "After batch 3 another customer's click of 23:00 has advanced the watermark, and the "
                            + "session is emitted: 09:00 to 09:35, 3 clicks, 7.00.",
                    "lesson03.ShoppingSessionsCheckpoint",
                    "aLateClickMakesOneSessionOfTwo",
                    new SessionsInLanes(at("09:00"), at("10:20"), Duration.ofMinutes(30), 3)),
            new Figure(
                    "watermarks",
                    "Hours open, and close when the watermark reaches their end",
                    "Payments in a plane: to the right the batches in which they arrived, upwards their event "
                            + "time. The watermark advances in steps after each batch, to thirty minutes below the "
                            + "newest payment. The hour from nine is open until batch 4 has advanced the watermark past "
                            + "ten; then its sum, 11.00, is emitted and its state evicted. The hour from ten follows "
                            + "after batch 5 with 12.00.",
                    SCRIPTS,
                    "hoursOpenAndEnd",
                    new HoursOnAPlane(at("09:00"), at("12:00"))),
            new Figure(
                    "late-rows",
                    "A late row is dropped only if its hour is closed",
                    "After batch 1 the watermark is at 10:15. In batch 2 three payments arrive from below it: "
                            + "those of 10:05 and 10:12 are counted, since the hour from ten is open; that of 08:50 is "
                            + "dropped, since the hour from eight has been emitted. A payment of 23:00 in batch 3 "
                            + "closes the hour from ten with 1.24.",
                    "lesson05.HourlyRevenueCheckpoint",
                    "aLatePaymentCountsForAsLongAsItsHourIsOpen",
                    new HoursOnAPlane(at("08:00"), at("11:00"))),
            new Figure(
                    "several-watermarks",
                    "Two inputs, one watermark: the smaller one",
                    "Payments of tills and of a partner in a plane of batches and event time. Each input has "
                            + "a line, its newest time minus its delay. The query's watermark is the lower of both: "
                            + "none while the partner is idle, and then the partner's, which keeps the hour from nine "
                            + "open until batch 5, although the tills are long past it.",
                    SCRIPTS,
                    "onePartnerIsBehind",
                    new InputsOnAPlane(at("08:00"), at("11:30"), List.of(Duration.ofMinutes(10), Duration.ofHours(1)))),
            new Figure(
                    "timers",
                    "A timer fires when the watermark has reached it",
                    "Items put into baskets, by batch and event time. Each sets a timer thirty minutes later. "
                            + "Tea's timer of 09:30 fires after batch 3, when an item in another basket has advanced "
                            + "the watermark to 09:35; milk has been added since, so the basket stays open. Milk's "
                            + "timer of 09:50 fires after batch 4, and the basket is emitted.",
                    "lesson04.AbandonedBasketsCheckpoint",
                    "everyEventRestartsTheThirtyMinutes",
                    new TimersOnAPlane(at("08:50"), at("10:40"), Duration.ofMinutes(30))),
            new Figure(
                    "deduplication",
                    "An id is kept until the watermark has reached its time plus the delay",
                    "Ids in the state of a deduplication with a delay of an hour, a bar each. The id 1 of "
                            + "09:00 is kept from batch 1 to batch 4, whose watermark of 10:00 evicts it. A copy of "
                            + "10:00 in batch 3 finds it and is dropped. A copy of 10:40 in batch 5 arrives after the "
                            + "eviction, and passes as new.",
                    SCRIPTS,
                    "copiesComeAgain",
                    new HeldRows(
                            4,
                            trace -> Held.ids(trace, Duration.ofHours(1)),
                            Clock.HOURS,
                            legend -> legend.dot("bluedot", "a new id").cross("lost", "a copy: dropped"),
                            row -> "id " + row.get(0))),
            new Figure(
                    "joins-of-streams",
                    "Both sides are kept in state as long as a match can arrive",
                    "Rows in the state of a join, a bar each: three payments, which chargebacks may follow "
                            + "for thirty days, and four chargebacks. Payment 1 matches its chargeback in batch 2, and "
                            + "is kept until batch 3, whose watermark has passed its thirty days. Payment 2 has no "
                            + "match when batch 4 evicts it, and is emitted with null. Payment 3 stays. A chargeback is "
                            + "evicted as soon as the watermark has passed its own time.",
                    SCRIPTS,
                    "paymentsWaitForChargebacks",
                    new HeldRows(
                            7,
                            trace -> Held.payments(trace, Duration.ofDays(30)),
                            Clock.DAYS,
                            legend -> legend.dot("bluedot", "a payment")
                                    .dot("greendot", "a chargeback")
                                    .dot("ring", "they match"),
                            row -> row.get(0) + ", " + row.get(1) + ", " + row.get(2))),
            new Figure(
                    "checkpoints",
                    "After a restart the query resumes; a batch without a commit runs again",
                    "Four batches that add payments to a customer's total. Between batches 1 and 2 the query "
                            + "is restarted: it continues from 5.00 to 7.00. The sink of batch 3 writes 8.00 and "
                            + "throws; the batch runs again with the same payment, and from the committed 7.00 computes "
                            + "8.00 once more. Batch 4 makes it 12.00.",
                    SCRIPTS,
                    "stoppedAndInterrupted",
                    new RestartsAndRepetitions()));

    private Figures() {}
}
