package workbook.check.spark;

import workbook.check.engine.Engine;

/** Spark as an engine for checkpoints. */
public final class SparkEngine implements Engine {

    @Override
    public String packageName() {
        return SparkEngine.class.getPackageName();
    }

    @Override
    public void start() {
        SharedSpark.session();
    }

    @Override
    public void warmUp() {
        WarmUp.run();
    }

    @Override
    public void stop() {
        SharedSpark.stop();
    }
}
