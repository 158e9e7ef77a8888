package workbook.kit.spark.explain;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.QueryContext;
import org.apache.spark.QueryContextType;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import workbook.kit.explain.EngineErrors;
import workbook.kit.explain.ExplanationRule;

/** Spark's exceptions, as learners read them. */
public final class SparkFailures implements EngineErrors {

    /** The prefix of Spark's error conditions that have only a number. */
    private static final String NAMELESS = "_LEGACY_ERROR_";

    private static final String PACKAGE = "org.apache.spark.";

    /** Error conditions that state where Spark failed, not why: the cause says more. */
    private static final Set<String> PLACES = Set.of(
            "CANNOT_LOAD_STATE_STORE.UNCATEGORIZED",
            "CANNOT_WRITE_STATE_STORE.CANNOT_COMMIT",
            "EXPRESSION_DECODING_FAILED",
            "EXPRESSION_ENCODING_FAILED",
            "FAILED_EXECUTE_UDF",
            "FLATMAPGROUPSWITHSTATE_USER_FUNCTION_ERROR",
            "FOREACH_BATCH_USER_FUNCTION_ERROR",
            "FOREACH_USER_FUNCTION_ERROR",
            "STREAM_FAILED",
            "TASK_WRITE_FAILED",
            "TRANSFORM_WITH_STATE_USER_FUNCTION_ERROR",
            "WRITING_JOB_ABORTED");

    private static final Pattern CALL_SITE = Pattern.compile("(.+)\\.([^.]+)\\((.+):(\\d+)\\)");

    @Override
    public List<ExplanationRule> explanationRules() {
        return SparkRules.ALL;
    }

    @Override
    public Optional<ErrorDetails> details(Throwable thrown) {
        boolean isSparks =
                thrown instanceof SparkThrowable || thrown.getClass().getName().startsWith(PACKAGE);
        return isSparks
                ? Optional.of(new ErrorDetails(name(thrown), isPrecise(thrown), frames(thrown), sql(thrown)))
                : Optional.empty();
    }

    @Override
    public boolean isAt(StackTraceElement frame) {
        return frame.getClassName().startsWith(PACKAGE);
    }

    @Override
    public String fallbackExplanation(Throwable thrown) {
        return thrown instanceof AnalysisException ? "Spark rejected this query." : "Spark could not run this query.";
    }

    private static String name(Throwable thrown) {
        String condition = condition(thrown);
        if (condition != null && !condition.startsWith(NAMELESS)) {
            return condition;
        }
        return thrown instanceof AnalysisException ? "AnalysisException" : "";
    }

    private static boolean isPrecise(Throwable thrown) {
        return condition(thrown) != null && !PLACES.contains(condition(thrown));
    }

    private static String condition(Throwable thrown) {
        return thrown instanceof SparkThrowable spark ? spark.getCondition() : null;
    }

    /** The call site of the failing column. */
    private static List<StackTraceElement> frames(Throwable thrown) {
        return contexts(thrown, QueryContextType.DataFrame)
                .flatMap(context -> frame(context.callSite()).stream())
                .toList();
    }

    private static Optional<String> sql(Throwable thrown) {
        return contexts(thrown, QueryContextType.SQL)
                .map(QueryContext::fragment)
                .filter(sql -> !sql.isBlank())
                .findFirst();
    }

    private static Stream<QueryContext> contexts(Throwable thrown, QueryContextType type) {
        QueryContext[] contexts = thrown instanceof SparkThrowable spark ? spark.getQueryContext() : null;
        return contexts == null ? Stream.empty() : Stream.of(contexts).filter(context -> context.contextType() == type);
    }

    private static Optional<StackTraceElement> frame(String callSite) {
        Matcher site = CALL_SITE.matcher(callSite);
        return site.matches()
                ? Optional.of(new StackTraceElement(
                        site.group(1), site.group(2), site.group(3), Integer.parseInt(site.group(4))))
                : Optional.empty();
    }
}
