package lesson13;

import java.util.List;
import workbook.check.Unsolved;

/**
 * A worker that reads the shards of an Amazon Kinesis stream, and writes their payments.
 *
 * <p><b>In:</b> the stream behind {@link Kinesis}. Its shards are split and merged at any time. A card's payments are in one
 * shard; from a split or merge on, they are in a child of that shard.
 *
 * <p><b>Out:</b> each payment of the stream in the {@link Output}, once, and those of a card in the order in which they were put
 * into the stream.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>{@code run} reads until the process is killed. That may happen at any call; a new worker then goes on. What has been read
 *     before its checkpoint is not read again.
 * <li>The worker reads the shards whose lease it can take, each of them at least once in five seconds. A shard that nobody has
 *     read is read from its oldest record.
 * <li>A shard is read when all its parents that are listed have been read to their end, whoever has read them.
 * <li>A checkpoint is saved for each answer that has payments, and says up to which one they are written; at the end of a shard
 *     it is {@link #SHARD_END}.
 * <li>A shard that refuses a request is asked again one second later, then after 2, 4, 8 and 16 seconds, and then every 16
 *     seconds. After an answer this begins at one second again. Meanwhile the other shards are read.
 * <li>A worker that was paused for long does not know that another one has its lease. Neither writes a payment that the other one
 *     has written. A worker that has lost a lease leaves this shard alone until it can take the lease again, and reads on in its
 *     others.
 * <li>A producer that repeats a payment puts two records. They are two payments.
 * </ul>
 * Any call may take minutes.
 *
 * <p>Check it with {@code mvn test -Dlesson=13 -Dexercise=ShardReader}; hints are in
 * {@code exercises/lesson13/hints/ShardReader.md}.
 */
public class ShardReader {

    /** What is saved in the place of a sequence number when a shard has been read to its end. */
    public static final String SHARD_END = "SHARD_END";

    /**
     * A shard, open or closed.
     *
     * @param parent the shard that was split or merged into this one; null if there was none
     * @param adjacentParent the other one of two shards that were merged; null otherwise
     */
    public record Shard(String id, String parent, String adjacentParent) {}

    /**
     * A record of a shard.
     *
     * @param sequenceNumber a decimal number of up to 129 digits, greater than those of the records before in this shard
     */
    public record Payment(String sequenceNumber, String card, String payment) {}

    /**
     * Some of a shard's next records; there may be none.
     *
     * @param nextIterator null if the shard is closed and these are its last ones
     */
    public record Records(List<Payment> payments, String nextIterator) {}

    /** Where an iterator begins. */
    public enum From {
        /** The oldest record that the shard still has. */
        TRIM_HORIZON,
        /** Behind the newest one. */
        LATEST,
        AT_SEQUENCE_NUMBER,
        AFTER_SEQUENCE_NUMBER
    }

    /** A stream: three of the calls that Amazon's client has. */
    public interface Kinesis {

        /** All shards, except those whose last record has expired. */
        List<Shard> listShards();

        /**
         * An iterator, which can be used for five minutes.
         *
         * @param sequenceNumber null with {@code TRIM_HORIZON} and {@code LATEST}
         * @throws ProvisionedThroughputExceeded if the shard has too many requests
         */
        String getShardIterator(String shard, From from, String sequenceNumber);

        /**
         * The records behind an iterator.
         *
         * @throws ExpiredIterator if the iterator is too old
         * @throws ProvisionedThroughputExceeded if the shard has too many requests: it answers five in a second
         */
        Records getRecords(String iterator);
    }

    /**
     * The leases of the shards with their checkpoints, a table that all workers share. A killed worker keeps its leases
     * for ten seconds.
     */
    public interface Leases {

        /** Takes the lease of a shard, unless another worker has it. Whether this worker has it now. */
        boolean take(String shard);

        /** The checkpoint of a shard: a sequence number or {@link #SHARD_END}; null if there is none. */
        String checkpoint(String shard);

        /**
         * Saves the checkpoint of a shard.
         *
         * @throws LeaseLost if this worker has the lease no longer; then nothing is saved
         */
        void save(String shard, String checkpoint);
    }

    /** Where payments go. It outlives the workers. */
    public interface Output {

        /** The sequence number of the payment that was written last for a shard; null if there is none. */
        String newest(String shard);

        /** Writes a payment. */
        void write(String shard, Payment payment);
    }

    /** The time. */
    public interface Clock {

        long millis();

        void sleep(long millis);
    }

    /** The iterator is older than five minutes. */
    public static final class ExpiredIterator extends RuntimeException {}

    /** The shard has too many requests. */
    public static final class ProvisionedThroughputExceeded extends RuntimeException {}

    /** Another worker has the lease. */
    public static final class LeaseLost extends RuntimeException {}

    /** Reads until the process is killed. */
    public void run(Kinesis stream, Leases leases, Output output, Clock clock) {
        throw new Unsolved();
    }
}
