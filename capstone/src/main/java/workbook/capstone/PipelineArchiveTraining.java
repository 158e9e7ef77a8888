package workbook.capstone;

import java.time.Duration;
import java.util.Optional;
import workbook.capstone.format.Encoding;
import workbook.capstone.spark.FeaturesJob;
import workbook.kit.ClassArchiveBuilder;
import workbook.kit.Scratch;

/** Runs the pipeline and the gold tables once, so that {@link ClassArchiveBuilder} archives their classes. */
public final class PipelineArchiveTraining {

    private static final int PARTITIONS = 2;
    private static final double RATE = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private PipelineArchiveTraining() {}

    /** Runs the pipeline for ten seconds, then the gold tables. */
    public static void main(String[] args) {
        try (Pipeline pipeline = Pipeline.start(new Pipeline.Settings(
                42,
                PARTITIONS,
                0.01,
                Scratch.folder("lake-"),
                FeaturesJob.Variant.PIPELINE,
                false,
                Encoding.JSON,
                Optional.empty()))) {
            pipeline.run(RATE, Duration.ofSeconds(10), () -> true);
            pipeline.drain(PATIENCE);
            pipeline.finish();
            pipeline.updateGoldTables();
        }
    }
}
