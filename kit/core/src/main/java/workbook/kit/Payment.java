package workbook.kit;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A card payment, the row type of the whole workbook.
 *
 * <table>
 * <caption>Columns of {@link #SCHEMA}</caption>
 * <tr><td>{@code id}</td><td>bigint</td><td>unique</td></tr>
 * <tr><td>{@code time}</td><td>timestamp</td><td>event time, UTC</td></tr>
 * <tr><td>{@code customer}</td><td>int</td><td>the customer who paid</td></tr>
 * <tr><td>{@code terminal}</td><td>int</td><td>the terminal</td></tr>
 * <tr><td>{@code amount}</td><td>decimal(10,2)</td><td>exact: a sum does not depend on the order of its rows</td></tr>
 * </table>
 */
public record Payment(long id, Instant time, int customer, int terminal, BigDecimal amount) {

    /** The columns as SQL DDL, in the order of the record's components. */
    public static final String SCHEMA = "id BIGINT, time TIMESTAMP, customer INT, terminal INT, amount DECIMAL(10,2)";

    /** Returns a JSON object on one line, with the fields of {@link #SCHEMA} and the time in ISO 8601, UTC. */
    public String toJson() {
        return "{\"id\":" + id + ",\"time\":\"" + time + "\",\"customer\":" + customer + ",\"terminal\":" + terminal
                + ",\"amount\":" + amount.toPlainString() + "}";
    }
}
