package lesson13.kinesis;

import java.math.BigInteger;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Shards and hash keys as a table shows them. */
public final class Shown {

    private Shown() {}

    /** The number at the end of a shard's id; "none" for null. */
    public static String number(String shardId) {
        return shardId == null ? "none" : shardId.replaceFirst("shardId-0*(?=\\d)", "");
    }

    /** A shard's hash keys, in percent of all. */
    public static String range(Shard shard) {
        return percent(new BigInteger(shard.hashKeyRange().startingHashKey())) + " to "
                + percent(new BigInteger(shard.hashKeyRange().endingHashKey()));
    }

    /** A hash key, in percent of all 2^128, rounded. */
    public static String percent(BigInteger hashKey) {
        BigInteger halves = hashKey.multiply(BigInteger.valueOf(200)).shiftRight(128);
        return halves.add(BigInteger.ONE).shiftRight(1) + " %";
    }
}
