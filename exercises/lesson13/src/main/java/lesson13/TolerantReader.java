package lesson13;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.avro.Schema;
import workbook.check.Unsolved;

/**
 * Reads payments of all versions of their schema, and sets aside what cannot be read.
 *
 * <p><b>In:</b> the records of a topic, one after the other. Each value is in Confluent's wire format: a byte 0, the id of the
 * writer's schema in four bytes, the most significant first, and the payment in Avro's binary encoding. Records from the time
 * before the registry have none of these five bytes. They are plain Avro, written with {@link #BEFORE_THE_REGISTRY}, and
 * {@link Received#isPlain} says so; a header of the record does in practice. Anything may be broken.
 *
 * <p><b>Out:</b> for each record exactly one call of the {@link Output}: the {@link Payment}, or why there is none.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>{@code schema} returns the reader's schema: a record {@code Payment} with these fields. Some versions of the writers'
 *     schema have others, too, or in another order. New versions will.
 * <table>
 * <caption>A payment</caption>
 * <tr><th>field</th><th>type</th><th>in other versions</th></tr>
 * <tr><td>{@code id}</td><td>{@code long}</td><td>an {@code int}</td></tr>
 * <tr><td>{@code card}</td><td>{@code string}</td><td>named {@code customer}</td></tr>
 * <tr><td>{@code amount}</td><td>{@code bytes}, the logical type {@code decimal}, precision 10 and scale 2</td><td></td></tr>
 * <tr><td>{@code channel}</td><td>an enum {@code Channel} of {@code SHOP}, {@code WEB}, {@code OTHER}</td>
 *     <td>symbols that the reader does not know, which become {@code OTHER}</td></tr>
 * <tr><td>{@code currency}</td><td>{@code string}</td><td>missing: {@code EUR} is meant</td></tr>
 * <tr><td>{@code note}</td><td>null or a {@code string}</td><td>missing: null</td></tr>
 * </table>
 * <li>A payment has the values that its writer wrote, whatever the version.
 * <li>A record is set aside with the first {@link Reason} that applies, and as it was received.
 * <li>The registry is asked once for each id that it has. An id that it does not have today may be registered tomorrow: it is
 *     asked again at the next record with this id.
 * <li>{@link Schemas#byId} throws if the registry does not answer. Then the method throws that exception, or one with it as
 *     its cause, and does not call the output. The record is not lost: the method is called with it again.
 * <li>No other exception leaves the method.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=13 -Dexercise=TolerantReader}; hints are in
 * {@code exercises/lesson13/hints/TolerantReader.md}.
 */
public class TolerantReader {

    /** The schema of plain records. */
    public static final Schema BEFORE_THE_REGISTRY = new Schema.Parser().parse("""
            {"type": "record", "name": "Payment", "fields": [
              {"name": "id", "type": "int"},
              {"name": "customer", "type": "string"},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
              {"name": "channel", "type": {"type": "enum", "name": "Channel", "symbols": ["SHOP", "WEB"]}}
            ]}
            """);

    /** How a payment was made. */
    public enum Channel {
        SHOP,
        WEB,
        OTHER
    }

    /**
     * A payment.
     *
     * @param note may be null
     */
    public record Payment(long id, String card, BigDecimal amount, Channel channel, String currency, String note) {}

    /**
     * A record of the topic.
     *
     * @param value the bytes; null if the record has no value
     * @param isPlain whether they are Avro alone, without the id of a schema
     */
    public record Received(byte[] value, boolean isPlain) {}

    /** Why a record is set aside. */
    public enum Reason {
        /** No value; or without being plain, fewer than five bytes, or a first byte that is not 0. */
        NO_SCHEMA_ID,
        /** The registry does not have the id. */
        UNKNOWN_SCHEMA,
        /** Avro cannot resolve the writer's schema to the reader's, whatever the bytes are. */
        INCOMPATIBLE_SCHEMA,
        /** The bytes are not one record of the writer's schema: they end in it, go on behind it, or make no sense. */
        BROKEN_BYTES
    }

    /** The schema registry. */
    public interface Schemas {

        /**
         * Asks the registry for a schema; empty if it does not have this id.
         *
         * @throws java.io.UncheckedIOException if it does not answer
         */
        Optional<Schema> byId(int id);
    }

    /** Where records go. */
    public interface Output {

        void emit(Payment payment);

        void setAside(Received record, Reason reason);
    }

    /** The reader's schema. */
    public Schema schema() {
        throw new Unsolved();
    }

    /** Reads a record. The registry is the same in all calls. */
    public void read(Received record, Schemas registry, Output output) {
        throw new Unsolved();
    }
}
