package lesson13;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Right answers written differently, and one that only knows the cards in the checkpoint. */
class ShardReaderAlternatives {

    /** Each shard has its own time at which it is asked next, and the worker sleeps until the earliest of them. */
    public static class SleepsUntilTheNextRequest extends ShardReader {

        private static final int SYNC_MILLIS = 3_000;

        private final Map<String, String> iterators = new HashMap<>();
        private final Map<String, Integer> refusals = new HashMap<>();
        private final Map<String, Long> due = new LinkedHashMap<>();

        @Override
        public void run(Kinesis stream, Leases leases, Output output, Clock clock) {
            for (long listed = 0; ; clock.sleep(nextDue(listed) - clock.millis())) {
                if (due.isEmpty() || clock.millis() >= listed + SYNC_MILLIS) {
                    listed = clock.millis();
                    addReadable(stream.listShards(), leases, listed);
                }
                for (String shard : List.copyOf(due.keySet())) {
                    if (due.get(shard) <= clock.millis()) {
                        ask(shard, stream, leases, output, clock);
                    }
                }
            }
        }

        private long nextDue(long listed) {
            return due.values().stream().mapToLong(Long::longValue).reduce(listed + SYNC_MILLIS, Math::min);
        }

        private void addReadable(List<Shard> shards, Leases leases, long now) {
            List<String> unread = new ArrayList<>();
            for (Shard shard : shards) {
                if (!SHARD_END.equals(leases.checkpoint(shard.id()))) {
                    unread.add(shard.id());
                }
            }
            for (Shard shard : shards) {
                boolean isReadable = unread.contains(shard.id())
                        && !unread.contains(shard.parent())
                        && !unread.contains(shard.adjacentParent());
                if (isReadable && leases.take(shard.id())) {
                    due.putIfAbsent(shard.id(), now);
                } else {
                    forget(shard.id());
                }
            }
        }

        private void ask(String shard, Kinesis stream, Leases leases, Output output, Clock clock) {
            try {
                String iterator = iterators.get(shard);
                if (iterator == null) {
                    String saved = leases.checkpoint(shard);
                    From from = saved == null ? From.TRIM_HORIZON : From.AT_SEQUENCE_NUMBER;
                    iterators.put(shard, stream.getShardIterator(shard, from, saved));
                    return;
                }
                Records records = stream.getRecords(iterator);
                refusals.remove(shard);
                String last = null;
                for (Payment payment : records.payments()) {
                    last = payment.sequenceNumber();
                    String newest = output.newest(shard);
                    if (newest == null || isGreater(last, newest)) {
                        output.write(shard, payment);
                    }
                }
                if (last != null) {
                    leases.save(shard, last);
                }
                if (records.nextIterator() == null) {
                    leases.save(shard, SHARD_END);
                    forget(shard);
                } else {
                    iterators.put(shard, records.nextIterator());
                    due.put(shard, clock.millis() + (records.payments().isEmpty() ? 1_500 : 250));
                }
            } catch (LeaseLost e) {
                forget(shard);
            } catch (ExpiredIterator e) {
                iterators.remove(shard);
            } catch (ProvisionedThroughputExceeded e) {
                int refused = refusals.merge(shard, 1, Integer::sum);
                due.put(shard, clock.millis() + (refused > 4 ? 16_000 : 500L << refused));
            }
        }

        /** Without leading zeros, the longer number is the greater one. */
        private static boolean isGreater(String number, String other) {
            return number.length() == other.length() ? number.compareTo(other) > 0 : number.length() > other.length();
        }

        private void forget(String shard) {
            due.remove(shard);
            iterators.remove(shard);
            refusals.remove(shard);
        }
    }

    /** The checkpoint is saved behind each payment. */
    public static class SavesEachPayment extends ShardReader {

        @Override
        void handle(String shard, Records records) {
            for (Payment payment : records.payments()) {
                write(shard, List.of(payment));
                clients.leases().save(shard, payment.sequenceNumber());
            }
            if (records.nextIterator() == null) {
                clients.leases().save(shard, SHARD_END);
            }
        }
    }

    public static class Learnt extends ShardReader {
        @Override
        void write(String shard, List<Payment> payments) {
            super.write(
                    shard,
                    payments.stream()
                            .filter(payment -> !payment.card().equals("card 7"))
                            .toList());
        }
    }
}
