package lesson12;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.storm.topology.WindowedBoltExecutor;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.storm.LocalBolt;
import workbook.kit.storm.PaymentTuples;

/** The windowed bolt of {@link OnStorm}. Its tuples are of one stream, from whichever partition they come. */
final class CountsOnStorm implements HourlyCounts {

    @Override
    public List<Hour> emitted(List<List<ReceivedPayment>> partitions) {
        List<Hour> emitted = new ArrayList<>();
        WindowedBoltExecutor windows = new WindowedBoltExecutor(new OnStorm.Windows((int) BOUND.toMinutes()));
        try (LocalBolt bolt = new LocalBolt(windows, PaymentTuples.PAYMENT.toList())) {
            bolt.start((anchors, count) -> emitted.add(new Hour((Instant) count.getValue(0), count.getLong(1))));
            partitions.stream().flatMap(List::stream).forEach(payment -> {
                bolt.execute(bolt.tuple(PaymentTuples.values(payment)));
                bolt.advanceWatermark();
            });
        }
        return emitted;
    }
}
