package workbook.capstone.streaming;

import java.time.Duration;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import workbook.kit.Pace;
import workbook.kit.SimulatedPayment;

/**
 * Sends simulated payments at a steady rate of the real clock, whatever their event times, with occasional malformed
 * records between them. An overdue payment is sent at once, so the rate holds on average.
 */
public final class Replay {

    private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final PaymentProducer producer;
    private final Iterator<SimulatedPayment> payments;
    private final Consumer<SimulatedPayment> beforeSending;
    private final double malformedShare;
    private Duration evolveAfter = NEVER;
    private Duration played = Duration.ZERO;
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

    /** Lets the producer {@linkplain PaymentProducer#evolve evolve} after so long, {@linkplain #run runs} only. */
    public void evolveAfter(Duration time) {
        evolveAfter = time;
    }

    /** Sends the next payment. */
    public void sendNext() {
        SimulatedPayment next = payments.next();
        beforeSending.accept(next);
        producer.send(next.payment());
        sent++;
        while (malformedSent + 1 <= sent * malformedShare) {
            producer.sendMalformed(malformedSent++);
        }
    }

    /** Sends payments per second at this rate, for this time, while {@code goOn}. */
    public void run(double rate, Duration length, BooleanSupplier goOn) {
        long began = System.nanoTime();
        new Pace(rate, length).run(() -> payments.hasNext() && goOn.getAsBoolean(), due -> {
            evolve(played.plusNanos(due - began));
            sendNext();
        });
        played = played.plusNanos(System.nanoTime() - began);
    }

    private void evolve(Duration time) {
        if (time.compareTo(evolveAfter) >= 0) {
            producer.evolve();
            evolveAfter = NEVER;
        }
    }
}
