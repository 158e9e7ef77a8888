package lesson12;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import workbook.kit.ClockTime;
import workbook.kit.engines.ReceivedPayment;

/** The job on one engine: it counts the payments of each hour, and emits each hour once. */
interface HourlyCounts {

    /** How long an hour waits for late payments. */
    Duration BOUND = Duration.ofMinutes(30);

    /** @param begin as the engine says, UTC */
    record Hour(Instant begin, long payments) {
        /** {@code 09:00 1}. */
        @Override
        public String toString() {
            return ClockTime.of(begin) + " " + payments;
        }
    }

    /**
     * What the engine has emitted after these payments, while it waits for more: the stream has no end.
     *
     * @param partitions the payments of each partition, in the order of arrival
     */
    List<Hour> emitted(List<List<ReceivedPayment>> partitions) throws Exception;

    /** Whether {@link #emitted} accepts more than one partition. */
    default boolean hasPartitions() {
        return true;
    }

    static ReceivedPayment payment(Long id, Instant time) {
        return new ReceivedPayment(id, time, null, null, BigDecimal.ONE);
    }
}
