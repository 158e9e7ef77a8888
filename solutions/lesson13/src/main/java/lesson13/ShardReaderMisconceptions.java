package lesson13;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link ShardReader} that people give. */
public final class ShardReaderMisconceptions {

    private ShardReaderMisconceptions() {}

    @Misconception(
            believed = "Shards are like partitions: all of them can be read at the same time.",
            really =
                    "After a split, a card's older payments are in the parent, and its newer ones in a child. Read at the same"
                            + " time, the newer ones overtake the older ones.",
            concept = "Shards and resharding")
    public static class ReadsChildrenAtOnce extends ShardReader {
        @Override
        boolean areParentsRead(Shard shard, Set<String> listed) {
            return true;
        }
    }

    @Misconception(
            believed = "A shard that appears while the worker runs is new, so it is read from now on.",
            really =
                    "It had payments before the worker saw it, and more until its parent was read. Only TRIM_HORIZON has"
                            + " them; LATEST skips them.",
            concept = "Shards and resharding")
    public static class StartsChildrenAtLatest extends ShardReader {
        @Override
        String iterator(Shard shard) {
            boolean isFirst = clients.leases().checkpoint(shard.id()) == null;
            return isFirst && shard.parent() != null
                    ? clients.stream().getShardIterator(shard.id(), From.LATEST, null)
                    : super.iterator(shard);
        }
    }

    @Misconception(
            believed = "An answer without records means that the shard has been read to its end.",
            really =
                    "It means that there is nothing right now, or not even that: Kinesis gives empty answers in the midst of"
                            + " records. The end is an iterator that is null.",
            concept = "Shards and resharding")
    public static class TakesAnEmptyAnswerForTheEnd extends ShardReader {
        @Override
        boolean isEnd(Records records) {
            return records.payments().isEmpty();
        }
    }

    @Misconception(
            believed = "A merged shard has a parent, as a split one has.",
            really =
                    "It has two: parentShardId and adjacentParentShardId. Each has payments that come before those of the child.",
            concept = "Shards and resharding")
    public static class KnowsOneParent extends ShardReader {
        @Override
        Stream<String> parents(Shard shard) {
            return super.parents(shard).limit(1);
        }
    }

    @Misconception(
            believed = "A parent without the checkpoint SHARD_END has not been read, so its children have to wait.",
            really =
                    "A parent whose last record has expired is not listed any more. Nobody can read it, and its children"
                            + " would wait forever.",
            concept = "Shards and resharding")
    public static class WaitsForExpiredParents extends ShardReader {
        @Override
        boolean areParentsRead(Shard shard, Set<String> listed) {
            return parents(shard).filter(Objects::nonNull).allMatch(this::isRead);
        }
    }

    @Misconception(
            believed = "A closed shard has no further records, so there is nothing to save at its end.",
            really =
                    "That it has been read to its end is what its children wait for. Without this checkpoint, nobody knows.",
            concept = "Checkpoints")
    public static class SavesNothingAtTheEnd extends ShardReader {
        @Override
        void save(String shard, Records records) {
            if (!isEnd(records)) {
                super.save(shard, records);
            }
        }
    }

    @Misconception(
            believed = "The worker knows which shards it has read to their end.",
            really =
                    "It knows those that it has read itself. A new worker, or another one, finds the others in the lease table only.",
            concept = "Checkpoints")
    public static class RemembersWhatItHasRead extends ShardReader {

        private final Set<String> read = new HashSet<>();

        @Override
        boolean areParentsRead(Shard shard, Set<String> listed) {
            return parents(shard).filter(listed::contains).allMatch(read::contains);
        }

        @Override
        void handle(String shard, Records records) {
            super.handle(shard, records);
            if (isEnd(records)) {
                read.add(shard);
            }
        }
    }

    @Misconception(
            believed = "The checkpoint says what has been read, so it is saved when records arrive.",
            really =
                    "It says where the next worker begins. If this one is killed between the checkpoint and the work, the"
                            + " payments between them are lost.",
            concept = "Checkpoints")
    public static class SavesBeforeTheWork extends ShardReader {
        @Override
        void handle(String shard, Records records) {
            save(shard, records);
            write(shard, records.payments());
        }
    }

    @Misconception(
            believed = "With doubles dropped, a new worker may as well begin at the start.",
            really =
                    "The result is right, after a day's records have been read again at the pace of the shard. That is what"
                            + " checkpoints are for.",
            concept = "Checkpoints")
    public static class BeginsAtTheStart extends ShardReader {
        @Override
        String iterator(Shard shard) {
            return clients.stream().getShardIterator(shard.id(), From.TRIM_HORIZON, null);
        }
    }

    @Misconception(
            believed = "A checkpoint after the work makes each payment come once.",
            really =
                    "It makes each come at least once. A worker that is killed before the checkpoint has written payments that"
                            + " the next one reads again.",
            concept = "Delivery guarantees")
    public static class TrustsTheCheckpoint extends ShardReader {
        @Override
        boolean isNew(Payment payment, String newest) {
            return true;
        }
    }

    @Misconception(
            believed = "A lease is a lock: two workers never read the same shard.",
            really =
                    "A worker that has slept does not know that its lease has expired. Until it does, both work on the shard,"
                            + " and what it has looked up before is old.",
            concept = "Idempotence")
    public static class TakesALeaseForALock extends ShardReader {
        @Override
        void write(String shard, List<Payment> payments) {
            String newest = clients.output().newest(shard);
            for (Payment payment : payments) {
                if (isNew(payment, newest)) {
                    clients.output().write(shard, payment);
                }
            }
        }
    }

    @Misconception(
            believed = "If a checkpoint cannot be saved, the next one will be.",
            really =
                    "Not without the lease. The worker reads on beside the one that has it, and nothing that it does is saved.",
            concept = "Idempotence")
    public static class ReadsOnWithoutALease extends ShardReader {

        private final Set<String> read = new HashSet<>();

        @Override
        boolean mayRead(String shard) {
            if (super.mayRead(shard)) {
                read.add(shard);
            }
            return read.contains(shard);
        }

        @Override
        void save(String shard, Records records) {
            try {
                super.save(shard, records);
            } catch (LeaseLost e) {
                // the next one
            }
        }
    }

    @Misconception(
            believed = "Two records of a card with the same content are one payment, sent twice.",
            really =
                    "Kinesis does not recognize a repeated put: both have sequence numbers of their own. Only an id that the"
                            + " producer sets could tell a double from two equal payments.",
            concept = "Idempotence")
    public static class DropsEqualPayments extends ShardReader {

        private final Set<List<String>> known = new HashSet<>();

        @Override
        boolean isNew(Payment payment, String newest) {
            return super.isNew(payment, newest) && known.add(List.of(payment.card(), payment.payment()));
        }
    }

    @Misconception(
            believed = "Sequence numbers are text, and text can be compared.",
            really =
                    "They are numbers in decimal notation. As text, 10 comes before 9: the first longer one looks old, and"
                            + " everything behind it is dropped.",
            concept = "Shards and resharding")
    public static class ComparesAsText extends ShardReader {
        @Override
        boolean isNew(Payment payment, String newest) {
            return newest == null || payment.sequenceNumber().compareTo(newest) > 0;
        }
    }

    @Misconception(
            believed = "A number fits in a long.",
            really = "A sequence number has up to 129 digits, and 56 in practice. Long.parseLong throws.",
            concept = "Shards and resharding")
    public static class ParsesLongs extends ShardReader {
        @Override
        boolean isNew(Payment payment, String newest) {
            return newest == null || Long.parseLong(payment.sequenceNumber()) > Long.parseLong(newest);
        }
    }

    @Misconception(
            believed = "Sequence numbers count records: the next one is one more.",
            really =
                    "They grow, with gaps. A worker that waits for the next number waits for a record that does not exist.",
            concept = "Shards and resharding")
    public static class ExpectsTheNextNumber extends ShardReader {
        @Override
        boolean isNew(Payment payment, String newest) {
            return newest == null
                    || new BigInteger(newest).add(BigInteger.ONE).equals(new BigInteger(payment.sequenceNumber()));
        }
    }

    @Misconception(
            believed = "An iterator that has expired is replaced by one of now.",
            really = "What came while it was expiring is skipped. The checkpoint is where the reader was.",
            concept = "Shards and resharding")
    public static class ReplacesAnIteratorByLatest extends ShardReader {
        @Override
        void expired(Shard shard, Reading reading) {
            reading.iterator = clients.stream().getShardIterator(shard.id(), From.LATEST, null);
        }
    }

    @Misconception(
            believed = "A request that was refused is sent again in the next round.",
            really =
                    "The shard is refused because it has too many requests. A reader that does not slow down adds to them.",
            concept = "Retries")
    public static class NeverSlowsDown extends ShardReader {
        @Override
        void waitLonger(Reading reading) {
            reading.notBefore = clients.clock().millis() + SECOND;
        }
    }

    @Misconception(
            believed = "While a shard is busy, the worker sleeps.",
            really =
                    "The limit is the shard's, not the stream's. The others answer, and their payments wait for no reason.",
            concept = "Retries")
    public static class SleepsForAllShards extends ShardReader {
        @Override
        void waitLonger(Reading reading) {
            super.waitLonger(reading);
            clients.clock().sleep(reading.notBefore - clients.clock().millis());
        }
    }

    @Misconception(
            believed = "The back-off grows for as long as the shard is ever busy.",
            really =
                    "It counts refusals in a row. After an answer the shard is fast again, and the next refusal is a first one.",
            concept = "Retries")
    public static class StaysSlow extends ShardReader {
        @Override
        void answered(Reading reading) {
            reading.notBefore = 0; // it is over
        }
    }

    @Misconception(
            believed = "Doubling is back-off enough; it needs no limit.",
            really =
                    "After minutes of refusals the next request is minutes away, although the shard has been free for long.",
            concept = "Retries")
    public static class SlowsDownForever extends ShardReader {
        @Override
        void waitLonger(Reading reading) {
            reading.notBefore = clients.clock().millis() + (SECOND << reading.refusals++);
        }
    }

    @Misconception(
            believed = "The shards of a stream are known when the worker starts.",
            really = "They change while it runs: each split and merge closes shards and opens others.",
            concept = "Shards and resharding")
    public static class ListsTheShardsOnce extends ShardReader {

        private List<Shard> known;

        @Override
        List<Shard> shards() {
            if (known == null) {
                known = super.shards();
            }
            return known;
        }
    }
}
