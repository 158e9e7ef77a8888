package workbook.capstone.streaming;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.kit.Simulator;

/**
 * The simulated system that owns the customers' master data. It sends the first version of every customer, then the
 * changes one by one: one customer in {@value #MOVE} moves to another country, one in {@value #LEAVE} moves and leaves.
 * A version depends on the customer's number and the first day only, so a version that is sent again is equal.
 */
public final class CustomerRegister {

    private static final List<String> COUNTRIES = List.of("BE", "FR", "NL");
    private static final int MOVE = 10;
    private static final int LEAVE = 50;

    /** From one version of a customer to the next. */
    private static final Duration BETWEEN = Duration.ofDays(7);

    private static final int PAYMENTS_PER_CHANGE = 100;

    private final PaymentProducer producer;
    private final int customers;
    private final Instant start;
    private final Iterator<CustomerVersion> changes;
    private long payments;

    /** @param simulation whose customers they are */
    public CustomerRegister(PaymentProducer producer, Simulator.Settings simulation) {
        this.producer = producer;
        customers = simulation.customers();
        start = simulation.start().atStartOfDay(ZoneOffset.UTC).toInstant();
        changes = IntStream.range(0, customers)
                .filter(customer -> customer % MOVE == 0)
                .boxed()
                .flatMap(this::changes)
                .iterator();
    }

    private Stream<CustomerVersion> changes(int customer) {
        CustomerVersion moved = version(customer, 2, false);
        return customer % LEAVE == 0 ? Stream.of(moved, version(customer, 3, true)) : Stream.of(moved);
    }

    /** Every version but the last is in another country than the one before. */
    private CustomerVersion version(int customer, long version, boolean gone) {
        long moves = gone ? version - 2 : version - 1;
        return new CustomerVersion(
                customer,
                version,
                start.plus(BETWEEN.multipliedBy(version - 1)),
                COUNTRIES.get((int) ((customer + moves) % COUNTRIES.size())),
                gone);
    }

    /** Sends the first version of every customer. */
    public void sendFirstVersions() {
        IntStream.range(0, customers).forEach(customer -> producer.send(version(customer, 1, false)));
    }

    /** Counts a payment. With every hundredth, sends a change, if there is one left. */
    public void countPayment() {
        if (++payments % PAYMENTS_PER_CHANGE == 0 && changes.hasNext()) {
            producer.send(changes.next());
        }
    }
}
