package lesson02;

import workbook.check.Unsolved;
import workbook.kit.Payment;

/**
 * Sends payments to a topic: none lost, none twice, and each customer's payments in order.
 *
 * <p><b>In:</b> the address of a Kafka broker, the name of a topic that exists, and payments. There may be none. Their
 * ids differ, and their times are between 1970 and now.
 *
 * <p><b>Out:</b> one record on the topic for each payment, with key and value as text in UTF-8:
 * <table>
 * <caption>A record</caption>
 * <tr><td>key</td><td>the customer's number, such as {@code 10}; it may be negative</td></tr>
 * <tr><td>value</td><td>the payment as {@link Payment#toJson()} writes it</td></tr>
 * <tr><td>timestamp</td><td>the payment's own time in milliseconds, rounded down; not the time of sending</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> when the method returns, the broker has acknowledged every record to one idempotent producer
 * ({@code acks=all}), and all payments of a customer are in one partition, in the order of the argument. If the broker
 * refuses a record, the method throws. When the method returns or throws, everything that it opened is closed.
 *
 * <p>Check it with {@code mvn test -Dlesson=02 -Dexercise=PaymentProducer}; hints are in
 * {@code exercises/lesson02/hints/PaymentProducer.md}.
 */
public class PaymentProducer {

    public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
        throw new Unsolved();
    }
}
