package workbook.kit.spark.explain;

import java.util.List;
import java.util.stream.Stream;
import workbook.kit.explain.ExplanationRule;

/** The rules that explain Spark's exceptions to learners. */
public final class SparkRules {

    /** The more specific rules come first. */
    public static final List<ExplanationRule> ALL = Stream.of(
                    OutputModeRules.ALL,
                    WatermarkRules.ALL,
                    StateRules.ALL,
                    CheckpointRules.ALL,
                    SourceRules.ALL,
                    EncoderRules.ALL,
                    ColumnRules.ALL,
                    TaskRules.ALL,
                    DeltaRules.ALL)
            .flatMap(List::stream)
            .toList();

    private SparkRules() {}
}
