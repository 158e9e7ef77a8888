package workbook.kit.spark;

/** Settings of MLlib, Spark's library for machine learning. */
public final class Mllib {

    private Mllib() {}

    /**
     * Lets MLlib compute in Java. By default it looks for native libraries first, and prints a warning on a machine
     * without them. Call this before the first class of MLlib is used.
     */
    public static void useJavaOnly() {
        System.setProperty("dev.ludovic.netlib.blas.allowNative", "false");
        System.setProperty("dev.ludovic.netlib.lapack.allowNative", "false");
    }
}
