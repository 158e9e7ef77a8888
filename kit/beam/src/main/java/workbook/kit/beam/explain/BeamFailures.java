package workbook.kit.beam.explain;

import workbook.kit.explain.EngineErrorsByPackage;

/** The exceptions of Beam, as learners read them. */
public final class BeamFailures extends EngineErrorsByPackage {

    public BeamFailures() {
        super("org.apache.beam.", BeamRules.ALL, "Beam could not run this pipeline.");
    }
}
