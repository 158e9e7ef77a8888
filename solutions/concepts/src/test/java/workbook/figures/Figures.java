package workbook.figures;

import static workbook.check.script.Script.at;

import java.time.Duration;
import java.util.List;

/** The figures of CONCEPTS.md, in its order. */
final class Figures {

    private static final String STORIES = FigureStories.class.getName();

    static final List<Figure> ALL = List.of(
            new Figure(
                    "output-modes",
                    "One query, the same payments, three output modes",
                    "A table of four batches. Append puts out the hour from nine once, after batch 3,"
                            + " with 7.00, and drops the payment that comes for it in batch 4. Update puts out each"
                            + " hour that a batch has changed: 5.00, then 7.00 for the hour from nine, 1.00, then"
                            + " 9.00 for the one from ten; it drops the late payment as well. Complete puts out"
                            + " every hour each time, keeps both, and counts the late payment: 11.00.",
                    STORIES,
                    "theSameRowsInThreeModes",
                    new ModesSideBySide(3)),
            new Figure(
                    "sessions",
                    "A late click makes one session of two",
                    "A customer's clicks on a time axis, a lane for each batch. After batch 1, with"
                            + " clicks at 09:00 and 09:35, there are two sessions of a gap of thirty minutes. Batch"
                            + " 2 brings a click of 09:20, which is behind the watermark of 09:25 and makes one"
                            + " session of both. After batch 3 another customer's click of 23:00 has moved the"
                            + " watermark, and the session is put out: 09:00 to 09:35, 3 clicks, 7.00.",
                    "lesson03.ShoppingSessionsCheckpoint",
                    "aLateClickMakesOneSessionOfTwo",
                    new SessionsInLanes(at("09:00"), at("10:20"), Duration.ofMinutes(30), 3)),
            new Figure(
                    "watermarks",
                    "Hours that open, and end when the watermark reaches their end",
                    "Payments in a plane: to the right the batches in which they came, upwards their"
                            + " event time. The watermark rises in steps after each batch, to thirty minutes below"
                            + " the newest payment. The hour from nine is open until batch 4 has moved the watermark"
                            + " past ten; then its sum, 11.00, is put out and forgotten. The hour from ten follows"
                            + " after batch 5 with 12.00.",
                    STORIES,
                    "hoursOpenAndEnd",
                    new HoursOnAPlane(at("09:00"), at("12:00"))),
            new Figure(
                    "late-rows",
                    "Late is not lost: what counts is whether the hour is open",
                    "After batch 1 the watermark is at 10:15. In batch 2 three payments come from below"
                            + " it: those of 10:05 and 10:12 are counted, since the hour from ten is open; that of"
                            + " 08:50 is dropped, since the hour from eight has been put out. A payment of 23:00 in"
                            + " batch 3 ends the hour from ten with 1.24.",
                    "lesson05.HourlyRevenueCheckpoint",
                    "aLatePaymentCountsForAsLongAsItsHourIsOpen",
                    new HoursOnAPlane(at("08:00"), at("11:00"))),
            new Figure(
                    "several-watermarks",
                    "Two inputs, one watermark: the smaller one",
                    "Payments of tills and of a partner in a plane of batches and event time. Each input"
                            + " has a line, its newest time less its bound. The query's watermark is the lower of"
                            + " both: none while the partner is silent, and then the partner's, which holds the hour"
                            + " from nine open until batch 5, although the tills have long passed it.",
                    STORIES,
                    "onePartnerIsBehind",
                    new InputsOnAPlane(at("08:00"), at("11:30"), List.of(Duration.ofMinutes(10), Duration.ofHours(1)))),
            new Figure(
                    "timers",
                    "A timer rings when the watermark has reached it",
                    "Things put into baskets, by batch and event time. Each sets a timer thirty minutes"
                            + " later. Tea's timer of 09:30 rings after batch 3, when a thing in another basket has"
                            + " moved the watermark to 09:35; milk has come since, so the basket goes on. Milk's"
                            + " timer of 09:50 rings after batch 4, and the basket is put out.",
                    "lesson04.AbandonedBasketsCheckpoint",
                    "everyEventRestartsTheThirtyMinutes",
                    new TimersOnAPlane(at("08:50"), at("10:40"), Duration.ofMinutes(30))),
            new Figure(
                    "deduplication",
                    "An id is known until the watermark has reached its time and the bound",
                    "Ids in the state of a deduplication with a bound of an hour, a bar each. The id 1 of"
                            + " 09:00 is there from batch 1 to batch 4, whose watermark of 10:00 releases it. A copy"
                            + " of 10:00 in batch 3 meets it and is dropped. A copy of 10:40 in batch 5 comes when"
                            + " it has been forgotten, and passes as new.",
                    STORIES,
                    "copiesComeAgain",
                    new HeldRows(
                            4,
                            trace -> Held.ids(trace, Duration.ofHours(1)),
                            Clock.HOURS,
                            legend -> legend.dot("bluedot", "a new id").cross("lost", "a copy: dropped"),
                            row -> "id " + row.get(0))),
            new Figure(
                    "joins-of-streams",
                    "Both sides wait in the state, as long as a partner can come",
                    "Rows in the state of a join, a bar each: three payments, which chargebacks may"
                            + " follow for thirty days, and four chargebacks. Payment 1 meets its chargeback in"
                            + " batch 2, and is kept until batch 3, whose watermark has passed its thirty days."
                            + " Payment 2 has met none when batch 4 releases it, and is put out with null. Payment 3"
                            + " stays. A chargeback is released as soon as the watermark has passed its own time.",
                    STORIES,
                    "paymentsWaitForChargebacks",
                    new HeldRows(
                            7,
                            trace -> Held.payments(trace, Duration.ofDays(30)),
                            Clock.DAYS,
                            legend -> legend.dot("bluedot", "a payment")
                                    .dot("greendot", "a chargeback")
                                    .dot("ring", "they meet"),
                            row -> row.get(0) + ", " + row.get(1) + ", " + row.get(2))),
            new Figure(
                    "checkpoints",
                    "After a restart the query goes on; a batch without a commit is run again",
                    "Four batches that add payments to a customer's total. Between batches 1 and 2 the"
                            + " query is stopped and started again: from 5.00 it goes on to 7.00. The sink of batch"
                            + " 3 writes 8.00 and throws; the batch is run again with the same payment, and from"
                            + " 7.00, as it was committed, comes to 8.00 once more. Batch 4 makes it 12.00.",
                    STORIES,
                    "stoppedAndInterrupted",
                    new RestartsAndRepetitions()));

    private Figures() {}
}
