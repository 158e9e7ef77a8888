package workbook.kit.storm.explain;

import workbook.kit.explain.EngineErrorsByPackage;

/** The exceptions of Storm, as learners read them. */
public final class StormFailures extends EngineErrorsByPackage {

    public StormFailures() {
        super("org.apache.storm.", StormRules.ALL, "Storm could not run this bolt.");
    }
}
