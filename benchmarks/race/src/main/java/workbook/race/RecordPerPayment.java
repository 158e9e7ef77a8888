package workbook.race;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** One record for each payment, which begins with the payment's id: the moment at which it was sent. */
final class RecordPerPayment implements Output {

    private record Arrival(long sent, long read) {}

    private static final String ID = "{\"id\":";

    private final SentPayments sentPayments;
    private final List<Arrival> arrivals = new ArrayList<>();

    RecordPerPayment(SentPayments sentPayments) {
        this.sentPayments = sentPayments;
    }

    @Override
    public synchronized void read(String json, long nanos) {
        arrivals.add(new Arrival(Long.parseLong(json.substring(ID.length(), json.indexOf(','))), nanos));
    }

    @Override
    public synchronized boolean isComplete(long from, long to) {
        return arrivals.size() >= sentPayments.payments();
    }

    @Override
    public synchronized Histogram latencies(long from, long to) {
        Histogram micros = new Histogram(3);
        for (Arrival one : arrivals) {
            if (from <= one.sent() && one.sent() < to) {
                micros.recordValue((one.read() - one.sent()) / 1_000);
            }
        }
        return micros;
    }

    @Override
    public synchronized Faults faults(long from, long to) {
        long different = arrivals.stream().mapToLong(Arrival::sent).distinct().count();
        return new Faults(0, arrivals.size() - different, sentPayments.payments() - different);
    }
}
