// Flink's POMs manage Scala 2.12; Kafka's broker needs this one.
//DEPS org.scala-lang:scala-library:2.13.18
package lesson12;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import workbook.kit.engines.ReceivedPayment;

/** The job of {@link OnFlink}. Each partition has its own watermarks, as in a source of Flink. */
final class CountsOnFlink implements HourlyCounts {

    private static final int MOST = 100;

    @Override
    public List<Hour> emitted(List<List<ReceivedPayment>> partitions) throws Exception {
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(1);
        // One source for all partitions: they end at the same time, so a silent one does not end earlier.
        DataStream<ReceivedPayment> source =
                flink.fromData(partitions.stream().flatMap(List::stream).toList());
        DataStream<ReceivedPayment> payments = partitions.stream()
                .map(partition -> OnFlink.withWatermarks(only(partition, source), OnFlink.afterEachPayment(BOUND)))
                .reduce(DataStream::union)
                .orElseThrow();
        DataStream<Tuple2<Instant, Long>> counts = OnFlink.counts(payments, Duration.ZERO);
        return counts.transform("until the end", counts.getType(), new UntilTheEnd<>()).executeAndCollect(MOST).stream()
                .map(count -> new Hour(count.f0.truncatedTo(ChronoUnit.HOURS), count.f1))
                .toList();
    }

    private static DataStream<ReceivedPayment> only(
            List<ReceivedPayment> partition, DataStream<ReceivedPayment> payments) {
        Set<Long> ids = partition.stream().map(ReceivedPayment::id).collect(Collectors.toSet());
        return payments.filter(payment -> ids.contains(payment.id()));
    }

    /**
     * Leaves out the rows that are emitted because the stream ends. A row is followed by the watermark that has emitted
     * it; at the end this is the greatest.
     */
    private static final class UntilTheEnd<T> extends AbstractStreamOperator<T>
            implements OneInputStreamOperator<T, T> {

        private final ArrayList<T> rows = new ArrayList<>();

        @Override
        public void processElement(StreamRecord<T> row) {
            rows.add(row.getValue());
        }

        @Override
        public void processWatermark(Watermark watermark) throws Exception {
            if (!watermark.equals(Watermark.MAX_WATERMARK)) {
                rows.forEach(row -> output.collect(new StreamRecord<>(row)));
            }
            rows.clear();
            super.processWatermark(watermark);
        }
    }
}
