package workbook.capstone.streaming;

import java.time.Instant;

/**
 * A version of a customer's master data.
 *
 * @param customer the customer's number
 * @param version 1 for the first
 * @param time when it was entered
 * @param country where the customer lives, such as {@code BE}
 * @param gone whether the customer has left
 */
public record CustomerVersion(int customer, long version, Instant time, String country, boolean gone) {

    /** The columns as SQL DDL, in the order of the record's components. */
    public static final String SCHEMA = "customer INT, version BIGINT, time TIMESTAMP, country STRING, gone BOOLEAN";

    /** Returns a JSON object on one line, with the fields of {@link #SCHEMA} and the time in ISO 8601, UTC. */
    public String toJson() {
        return "{\"customer\":" + customer + ",\"version\":" + version + ",\"time\":\"" + time + "\",\"country\":\""
                + country + "\",\"gone\":" + gone + "}";
    }
}
