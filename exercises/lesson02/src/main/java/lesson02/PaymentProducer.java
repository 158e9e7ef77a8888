package lesson02;

import workbook.check.Unsolved;
import workbook.kit.Payment;

/**
 * Put payments on a topic: none lost, none twice, each customer's in the order in which they were made.
 *
 * <p><b>In:</b> the address of a Kafka broker, the name of a topic that exists, and payments.
 *
 * <p><b>Out:</b> one record on the topic for each payment, its key and value text in UTF-8:
 * <table>
 * <caption>A record</caption>
 * <tr><td>key</td><td>the customer's number, such as {@code 10}</td></tr>
 * <tr><td>value</td><td>the payment as {@link Payment#toJson()} writes it</td></tr>
 * <tr><td>timestamp</td><td>the payment's own time, not the time of sending</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> when the method returns, the broker has acknowledged every record to one idempotent producer
 * ({@code acks=all}), and all payments of a customer lie in one partition, in the order in which they were given. If the
 * broker refuses a record, the method throws. Whether it returns or throws, nothing it opened stays open.
 *
 * <p>Check it with {@code mvn test -Dlesson=02 -Dexercise=PaymentProducer}; hints are in
 * {@code exercises/lesson02/hints/PaymentProducer.md}.
 */
public class PaymentProducer {

    public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
        throw new Unsolved();
    }
}
