package lesson13.kinesis;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.kinesis.model.Record;

/** Records of a shard, and whether there will be no others. Shown are their payments. */
public record Found(List<Record> records, boolean isEnd) {

    @Override
    public String toString() {
        String payments =
                records.stream().map(record -> record.data().asUtf8String()).collect(Collectors.joining(" "));
        return (payments + (isEnd ? " end" : " open")).strip();
    }

    /** How the sequence numbers follow each other; empty if there are not two. */
    public String sequenceNumbers() {
        List<BigInteger> steps = IntStream.range(1, records.size())
                .mapToObj(i -> number(i).subtract(number(i - 1)))
                .toList();
        if (steps.isEmpty()) {
            return "";
        }
        boolean rise = steps.stream().allMatch(step -> step.signum() > 0);
        boolean isDense = steps.stream().allMatch(BigInteger.ONE::equals);
        return rise ? isDense ? "rise by one" : "rise, with gaps" : "do not rise";
    }

    private BigInteger number(int i) {
        return new BigInteger(records.get(i).sequenceNumber());
    }
}
