///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
//SOURCES kinesis/*.java
package lesson13;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.*;
import java.util.*;
import java.util.concurrent.Callable;
import lesson13.kinesis.*;
import picocli.CommandLine.*;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.*;
import software.amazon.awssdk.services.kinesis.model.Record;
import workbook.kit.*;

/** Puts numbered payments into a stream of Amazon Kinesis, before and after a shard is split, and reads all shards. */
@Command(mixinStandardHelpOptions = true, description = "Keys, shards, a split, and iterators of Amazon Kinesis.")
public class KinesisShards implements Callable<Integer> {

    private static final String STREAM = "payments";
    private static final TextTable KEYS = new TextTable("%-6s  %-8s  %-5s  %s");
    private static final TextTable SHARDS = new TextTable("%-5s  %-6s  %-13s  %-36s  %-11s  %s");

    @Option(
            names = "--keys",
            split = ",",
            defaultValue = "card1,card2,card3,card4",
            description = "(default: ${DEFAULT-VALUE})")
    List<String> keys;

    private KinesisClient kinesis;
    private int payments;

    /** The key's place among all keys, from 0 to 2^128 - 1. */
    public static BigInteger hashKey(String key) throws NoSuchAlgorithmException {
        return new BigInteger(1, MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Integer call() throws Exception {
        Optional<String> missing = LocalKinesis.install();
        if (missing.isPresent()) {
            System.out.println(missing.get());
            return 0;
        }
        try (LocalKinesis server = LocalKinesis.start()) {
            kinesis = server.client();
            kinesis.createStream(stream -> stream.streamName(STREAM).shardCount(2));
            server.awaitActive(STREAM);
            KEYS.row("key", "hash key", "shard", "hashCode() % 2");
            for (String key : keys) {
                KEYS.row(key, Shown.percent(hashKey(key)), put(key), Math.floorMod(key.hashCode(), 2));
            }
            splitInTheMiddle(shards().get(0));
            server.awaitActive(STREAM);
            keys.forEach(this::put);
            server.loseTheNextAnswer();
            put(keys.get(0));
            System.out.println();
            SHARDS.row("shard", "parent", "hash keys", "from TRIM_HORIZON", "from LATEST", "sequence numbers");
            for (Shard shard : shards()) {
                Found all = read(shard, ShardIteratorType.TRIM_HORIZON);
                Found latest = read(shard, ShardIteratorType.LATEST);
                String number = Shown.number(shard.shardId()), parent = Shown.number(shard.parentShardId());
                SHARDS.row(number, parent, Shown.range(shard), all, latest, all.sequenceNumbers());
            }
            return 0;
        }
    }

    private String put(String key) {
        SdkBytes payment = SdkBytes.fromUtf8String(key + ":" + ++payments);
        PutRecordResponse answer = kinesis.putRecord(
                record -> record.streamName(STREAM).partitionKey(key).data(payment));
        return Shown.number(answer.shardId());
    }

    private void splitInTheMiddle(Shard shard) {
        BigInteger last = new BigInteger(shard.hashKeyRange().endingHashKey());
        kinesis.splitShard(split -> split.streamName(STREAM)
                .shardToSplit(shard.shardId())
                .newStartingHashKey(last.shiftRight(1).toString()));
    }

    private List<Shard> shards() {
        return kinesis.listShards(request -> request.streamName(STREAM)).shards();
    }

    private Found read(Shard shard, ShardIteratorType from) {
        String iterator = kinesis.getShardIterator(request ->
                        request.streamName(STREAM).shardId(shard.shardId()).shardIteratorType(from))
                .shardIterator();
        List<Record> records = new ArrayList<>();
        while (iterator != null) {
            String current = iterator;
            GetRecordsResponse answer = kinesis.getRecords(request -> request.shardIterator(current));
            records.addAll(answer.records());
            iterator = answer.nextShardIterator();
            if (iterator != null && answer.records().isEmpty() && answer.millisBehindLatest() == 0) {
                return new Found(records, false);
            }
        }
        return new Found(records, true);
    }

    public static void main(String... args) {
        Program.run(new KinesisShards(), args);
    }
}
