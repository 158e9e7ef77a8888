package workbook.kit.spark;

import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.streaming.StreamingQueryException;

/** Spark's error messages, short enough for a line of a program's output. */
public final class SparkErrors {

    private SparkErrors() {}

    /** Returns the error condition of the innermost exception of Spark, such as {@code DIVIDE_BY_ZERO}, or null. */
    public static String condition(Throwable e) {
        String inner = e.getCause() == null ? null : condition(e.getCause());
        return inner == null && e instanceof SparkThrowable spark ? spark.getCondition() : inner;
    }

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
