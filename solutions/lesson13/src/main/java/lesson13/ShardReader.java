package lesson13;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Once a second the worker asks each shard that it may read. What it knows of a shard fits in three variables: the iterator, how
 * often the shard has refused, and until when to wait. All of it may be lost: the next iterator begins behind the checkpoint.
 *
 * <p>The checkpoint follows the work, so a payment may be read twice, after a kill or by two workers. The output knows up to which
 * sequence number it has each shard's payments, and everything up to there is dropped.
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

    static final long SECOND = 1_000;
    private static final int LAST_DOUBLING = 4;

    /** What the worker knows of a shard that it reads. */
    static final class Reading {
        String iterator;
        int refusals;
        long notBefore;
    }

    /** What the worker calls. */
    record Clients(Kinesis stream, Leases leases, Output output, Clock clock) {}

    private final Map<String, Reading> readings = new HashMap<>();

    Clients clients;

    /** Reads until the process is killed. */
    public void run(Kinesis stream, Leases leases, Output output, Clock clock) {
        clients = new Clients(stream, leases, output, clock);
        while (true) {
            List<Shard> shards = shards();
            Set<String> listed = shards.stream().map(Shard::id).collect(Collectors.toSet());
            for (Shard shard : shards) {
                if (isRead(shard.id()) || !areParentsRead(shard, listed)) {
                    continue;
                }
                if (mayRead(shard.id())) {
                    read(shard);
                } else {
                    readings.remove(shard.id());
                }
            }
            clock.sleep(SECOND);
        }
    }

    List<Shard> shards() {
        return clients.stream().listShards();
    }

    boolean isRead(String shard) {
        return SHARD_END.equals(clients.leases().checkpoint(shard));
    }

    /** A parent that is not listed has no records left. */
    boolean areParentsRead(Shard shard, Set<String> listed) {
        return parents(shard).filter(listed::contains).allMatch(this::isRead);
    }

    Stream<String> parents(Shard shard) {
        return Stream.of(shard.parent(), shard.adjacentParent());
    }

    boolean mayRead(String shard) {
        return clients.leases().take(shard);
    }

    void read(Shard shard) {
        Reading reading = readings.computeIfAbsent(shard.id(), id -> new Reading());
        if (clients.clock().millis() < reading.notBefore) {
            return;
        }
        try {
            if (reading.iterator == null) {
                reading.iterator = iterator(shard);
            }
            Records records = clients.stream().getRecords(reading.iterator);
            answered(reading);
            handle(shard.id(), records);
            reading.iterator = records.nextIterator();
        } catch (ExpiredIterator e) {
            expired(shard, reading);
        } catch (ProvisionedThroughputExceeded e) {
            waitLonger(reading);
        } catch (LeaseLost e) {
            // In the next round the worker does not get the lease, and forgets the shard.
        }
    }

    String iterator(Shard shard) {
        Kinesis stream = clients.stream();
        String checkpoint = clients.leases().checkpoint(shard.id());
        return checkpoint == null
                ? stream.getShardIterator(shard.id(), From.TRIM_HORIZON, null)
                : stream.getShardIterator(shard.id(), From.AFTER_SEQUENCE_NUMBER, checkpoint);
    }

    void expired(Shard shard, Reading reading) {
        reading.iterator = null;
    }

    void answered(Reading reading) {
        reading.refusals = 0;
    }

    void handle(String shard, Records records) {
        write(shard, records.payments());
        save(shard, records);
    }

    void write(String shard, List<Payment> payments) {
        for (Payment payment : payments) {
            if (isNew(payment, clients.output().newest(shard))) {
                clients.output().write(shard, payment);
            }
        }
    }

    boolean isNew(Payment payment, String newest) {
        return newest == null || new BigInteger(payment.sequenceNumber()).compareTo(new BigInteger(newest)) > 0;
    }

    void save(String shard, Records records) {
        List<Payment> payments = records.payments();
        if (isEnd(records)) {
            clients.leases().save(shard, SHARD_END);
        } else if (!payments.isEmpty()) {
            clients.leases().save(shard, payments.get(payments.size() - 1).sequenceNumber());
        }
    }

    boolean isEnd(Records records) {
        return records.nextIterator() == null;
    }

    void waitLonger(Reading reading) {
        long pause = SECOND << Math.min(reading.refusals++, LAST_DOUBLING);
        reading.notBefore = clients.clock().millis() + pause;
    }
}
