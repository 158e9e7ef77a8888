package workbook.kit.spark;

import org.apache.spark.sql.streaming.StreamingQueryException;

/** Spark's error messages, short enough for a line of a program's output. */
public final class SparkErrors {

    private SparkErrors() {}

    /**
     * Returns the start of an error's message, up to the first comma or full stop, without the name of the error
     * condition and of the column: {@code Sorting is not supported on streaming DataFrames/Datasets}.
     *
     * @param e an exception of Spark; for a {@link StreamingQueryException}, its cause is reported
     */
    public static String reason(Throwable e) {
        Throwable error = e instanceof StreamingQueryException && e.getCause() != null ? e.getCause() : e;
        return error.getMessage()
                .replaceFirst("^\\[[A-Z_.]+] ", "")
                .replaceFirst(" \\(as column.*\\)", "")
                .split("[.,;](\\s|$)")[0];
    }
}
