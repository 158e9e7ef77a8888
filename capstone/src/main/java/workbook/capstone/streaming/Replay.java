package workbook.capstone.streaming;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import workbook.kit.SimulatedPayment;

/**
 * Sends simulated payments at a steady rate of the real clock, whatever their event times, with occasional malformed
 * records between them. An overdue payment is sent at once, so the rate holds on average.
 */
public final class Replay {

    private final PaymentProducer producer;
    private final Iterator<SimulatedPayment> payments;
    private final Consumer<SimulatedPayment> beforeSending;
    private final double malformedShare;
    private long sent;
    private long malformedSent;

    /**
     * @param malformedShare malformed records per payment, such as 0.01
     * @param beforeSending called with each payment just before it is sent
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

    /** Sends the next payment. */
    public void sendNext() {
        SimulatedPayment next = payments.next();
        beforeSending.accept(next);
        producer.send(next.payment());
        sent++;
        while (malformedSent + 1 <= sent * malformedShare) {
            producer.send(Malformed.values()[(int) (malformedSent % Malformed.values().length)], malformedSent++);
        }
    }

    /** Sends payments per second at this rate, for this time, while {@code goOn}. */
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
