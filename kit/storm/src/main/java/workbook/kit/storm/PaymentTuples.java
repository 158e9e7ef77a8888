package workbook.kit.storm;

import java.math.BigDecimal;
import java.time.Instant;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/** Payments and revenues as tuples. */
public final class PaymentTuples {

    /** The fields of a payment: a Long, an Instant, two Integers, a BigDecimal. */
    public static final Fields PAYMENT = new Fields("id", "time", "customer", "terminal", "amount");

    /** The fields of a revenue: an Instant, an Integer, a BigDecimal. */
    public static final Fields REVENUE = new Fields("hour", "terminal", "revenue");

    private PaymentTuples() {}

    /** The payment in a tuple that has the fields {@link #PAYMENT}; it may have others, too. */
    public static ReceivedPayment payment(Tuple tuple) {
        return new ReceivedPayment(
                tuple.getLongByField("id"),
                (Instant) tuple.getValueByField("time"),
                tuple.getIntegerByField("customer"),
                tuple.getIntegerByField("terminal"),
                (BigDecimal) tuple.getValueByField("amount"));
    }

    /** The revenue in a tuple that has the fields {@link #REVENUE}. */
    public static Revenue revenue(Tuple tuple) {
        return new Revenue((Instant) tuple.getValueByField("hour"), tuple.getIntegerByField("terminal"), (BigDecimal)
                tuple.getValueByField("revenue"));
    }

    /** The values of {@link #PAYMENT}. */
    public static Values values(ReceivedPayment payment) {
        return new Values(payment.id(), payment.time(), payment.customer(), payment.terminal(), payment.amount());
    }

    /** The values of {@link #REVENUE}. */
    public static Values values(Revenue revenue) {
        return new Values(revenue.hour(), revenue.terminal(), revenue.revenue());
    }
}
