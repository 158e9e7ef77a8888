package workbook.kit;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A card payment: the row that runs through the whole workbook.
 *
 * <table>
 * <caption>Schema, as {@link #SCHEMA} states it</caption>
 * <tr><td>{@code id}</td><td>bigint</td><td>unique</td></tr>
 * <tr><td>{@code time}</td><td>timestamp</td><td>event time, UTC</td></tr>
 * <tr><td>{@code customer}</td><td>int</td><td>who paid</td></tr>
 * <tr><td>{@code terminal}</td><td>int</td><td>where</td></tr>
 * <tr><td>{@code amount}</td><td>decimal(10,2)</td><td>exact: sums of money do not depend on their order</td></tr>
 * </table>
 */
public record Payment(long id, Instant time, int customer, int terminal, BigDecimal amount) {

    /** The columns of a payment as SQL writes them, in the order of the record's components. */
    public static final String SCHEMA = "id BIGINT, time TIMESTAMP, customer INT, terminal INT, amount DECIMAL(10,2)";

    /** This payment as a JSON object on one line, its fields named as in {@link #SCHEMA}, the time in ISO-8601, UTC. */
    public String toJson() {
        return "{\"id\":" + id + ",\"time\":\"" + time + "\",\"customer\":" + customer + ",\"terminal\":" + terminal
                + ",\"amount\":" + amount.toPlainString() + "}";
    }
}
