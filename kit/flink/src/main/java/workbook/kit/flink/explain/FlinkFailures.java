package workbook.kit.flink.explain;

import workbook.kit.explain.EngineErrorsByPackage;

/** The exceptions of Flink, as learners read them. */
public final class FlinkFailures extends EngineErrorsByPackage {

    public FlinkFailures() {
        super("org.apache.flink.", FlinkRules.ALL, "Flink could not run this job.");
    }
}
