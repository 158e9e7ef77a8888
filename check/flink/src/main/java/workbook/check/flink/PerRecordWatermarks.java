package workbook.check.flink;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkAlignmentParams;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.transformations.TimestampsAndWatermarksTransformation;
import org.apache.flink.streaming.runtime.operators.TimestampsAndWatermarksOperatorFactory;

/**
 * A strategy of an answer whose periodic watermarks follow each record at once. Flink asks for them every 200 ms of the
 * wall clock: which record moves the watermark then depends on the moment. Here the result is the same in every run.
 *
 * @param strategy the answer's
 */
record PerRecordWatermarks<T>(WatermarkStrategy<T> strategy) implements WatermarkStrategy<T> {

    /** Replaces the strategy of an operator that assigns timestamps and watermarks. */
    static <T> void replace(Transformation<T> operator, StreamGraph graph) {
        if (operator instanceof TimestampsAndWatermarksTransformation<T> assigner) {
            WatermarkStrategy<T> strategy = new PerRecordWatermarks<>(assigner.getWatermarkStrategy());
            graph.getStreamNode(operator.getId())
                    .setOperatorFactory(new TimestampsAndWatermarksOperatorFactory<>(strategy, true));
        }
    }

    @Override
    public WatermarkGenerator<T> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        WatermarkGenerator<T> generator = strategy.createWatermarkGenerator(context);
        return new WatermarkGenerator<>() {
            @Override
            public void onEvent(T event, long timestamp, WatermarkOutput output) {
                generator.onEvent(event, timestamp, output);
                generator.onPeriodicEmit(output);
            }

            @Override
            public void onPeriodicEmit(WatermarkOutput output) {
                // has followed the last record
            }
        };
    }

    @Override
    public TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return strategy.createTimestampAssigner(context);
    }

    @Override
    public WatermarkAlignmentParams getAlignmentParameters() {
        return strategy.getAlignmentParameters();
    }
}
