package workbook.capstone.streaming;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import workbook.kit.SimulatedPayment;

/**
 * Replays simulated payments at a steady rate of the real clock, whatever their event times say, and now and then a
 * malformed record between them. A payment that is due late (the producer was held up) is sent at once, so that the
 * rate holds on average.
 */
public final class Replay {

    private final PaymentProducer producer;
    private final Iterator<SimulatedPayment> payments;
    private final Consumer<SimulatedPayment> beforeSending;
    private final double malformedShare;
    private long sent;
    private long malformedSent;

    /**
     * @param malformedShare malformed records for each payment, such as 0.01
     * @param beforeSending told of each payment just before it is sent
     */
    public Replay(
            PaymentProducer producer,
            Iterator<SimulatedPayment> payments,
            double malformedShare,
            Consumer<SimulatedPayment> beforeSending) {
        this.producer = producer;
        this.payments = payments;
        this.malformedShare = malformedShare;
        this.beforeSending = beforeSending;
    }

    /** Sends one payment. */
    public void sendNext() {
        SimulatedPayment next = payments.next();
        beforeSending.accept(next);
        producer.send(next.payment());
        sent++;
        while (malformedSent + 1 <= sent * malformedShare) {
            producer.send(Malformed.values()[(int) (malformedSent % Malformed.values().length)], malformedSent++);
        }
    }

    /** Sends payments at a rate a second, for so long, while {@code goOn}. */
    public void run(double rate, Duration length, BooleanSupplier goOn) {
        long began = System.nanoTime();
        long step = (long) (1e9 / rate);
        long due = began;
        while (payments.hasNext() && due - began < length.toNanos() && goOn.getAsBoolean()) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            sendNext();
            due += step;
        }
    }
}
