package workbook.check.flink;

import static workbook.check.flink.FlinkAnswers.onFlink;
import static workbook.check.script.Script.row;

import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import workbook.check.engine.Engine;
import workbook.check.script.Script;

/** Flink as an engine for checkpoints. Its cluster does not depend on a class loader, so it is never stopped. */
public final class FlinkEngine implements Engine {

    private static final int TIMES = 3;

    /** A row of the warm-up. */
    public record Sample(Integer id, Instant time) {}

    @Override
    public String packageName() {
        return FlinkEngine.class.getPackageName();
    }

    @Override
    public void start() {
        SharedFlink.cluster();
    }

    /** Runs a job with a window, which starts the cluster and loads the classes that most scripts need. */
    @Override
    public void warmUp() {
        for (int i = 0; i < TIMES; i++) {
            Script.of("id INT, time TIMESTAMP")
                    .columns("id", "time")
                    .batch(row(1, "10:05"), row(1, "10:20"))
                    .emitsNothing()
                    .batch(row(2, "12:00"))
                    .emits(row(1, "10:20"))
                    .run(onFlink(Sample.class, "id INT, time TIMESTAMP", FlinkEngine::newest));
        }
    }

    private static DataStream<Sample> newest(DataStream<Sample> rows) {
        return rows.assignTimestampsAndWatermarks(WatermarkStrategy.<Sample>forBoundedOutOfOrderness(
                                Duration.ofMinutes(10))
                        .withTimestampAssigner((row, before) -> row.time().toEpochMilli()))
                .keyBy(Sample::id)
                .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
                .reduce((some, other) -> other);
    }
}
