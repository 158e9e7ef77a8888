package lesson12;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.storm.topology.WindowedBoltExecutor;
import workbook.kit.engines.ReceivedPayment;

/** The windowed bolt of {@link OnStorm}. Its tuples are of one stream, from whichever partition they come. */
final class CountsOnStorm implements HourlyCounts {

    @Override
    public List<Hour> emitted(List<List<ReceivedPayment>> partitions) {
        List<Hour> emitted = new ArrayList<>();
        WindowedBoltExecutor windows = new WindowedBoltExecutor(new OnStorm.Windows((int) BOUND.toMinutes()));
        List<ReceivedPayment> payments =
                partitions.stream().flatMap(List::stream).toList();
        OnStorm.run(
                windows,
                payments,
                (anchors, count) -> emitted.add(new Hour((Instant) count.getValue(0), count.getLong(1))));
        return emitted;
    }
}
