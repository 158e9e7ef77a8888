package workbook.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.check.script.Trace;

/**
 * A row in state.
 *
 * @param name its name, such as {@code payment 1}
 * @param until the watermark at which it is evicted
 * @param met the later rows that matched it
 */
record Held(Arrival row, String name, Instant until, List<Arrival> met) {

    /** Both sides of a join: payments are kept for chargebacks, chargebacks for payments that may still arrive. */
    static List<Held> payments(Trace trace, Duration wait) {
        List<Arrival> rows = Arrival.of(trace);
        Stream<Held> payments = rows.stream()
                .filter(Held::isPayment)
                .map(row -> new Held(
                        row, "payment " + row.text("id"), past(row.time().plus(wait)), partners(row, rows, trace)));
        Stream<Held> chargebacks = rows.stream()
                .filter(row -> !isPayment(row))
                .map(row -> new Held(row, "chargeback of " + row.text("payment"), past(row.time()), List.of()));
        return Stream.concat(payments, chargebacks).toList();
    }

    private static boolean isPayment(Arrival row) {
        return row.input().equals("payments");
    }

    /** A join keeps a row up to and including its bound; watermarks are in milliseconds. */
    private static Instant past(Instant time) {
        return time.plusMillis(1);
    }

    /** The chargebacks with which a payment was put out. */
    private static List<Arrival> partners(Arrival payment, List<Arrival> rows, Trace trace) {
        return rows.stream()
                .filter(row -> !isPayment(row))
                .filter(row -> row.text("payment").equals(payment.text("id")))
                .filter(row -> trace.events().get(row.event()).out().stream()
                        .anyMatch(out -> out.get(0).equals(row.row().get(0))
                                && row.text("reason").equals(out.get(2))))
                .toList();
    }

    /** The ids that were put out, which are known for so long, and the copies that were not. */
    static List<Held> ids(Trace trace, Duration bound) {
        List<Arrival> rows = Arrival.of(trace);
        Predicate<Arrival> isNew = row -> trace.events().get(row.event()).out().contains(row.row());
        List<Arrival> copies = rows.stream().filter(isNew.negate()).toList();
        return rows.stream()
                .filter(isNew)
                .map(row -> new Held(
                        row,
                        "id " + row.text("id"),
                        row.time().plus(bound),
                        copies.stream()
                                .filter(copy -> copy.event() > row.event()
                                        && copy.text("id").equals(row.text("id")))
                                .toList()))
                .toList();
    }

    /** The place of the event that ends it; none if it is there in the end. */
    OptionalInt end(List<Trace.Event> events) {
        return IntStream.range(row.event(), events.size())
                .filter(event -> !events.get(event).watermark().isBefore(until))
                .findFirst();
    }

    boolean isThereAfter(int event, List<Trace.Event> events) {
        OptionalInt end = end(events);
        return row.event() <= event && (end.isEmpty() || event < end.getAsInt());
    }
}
