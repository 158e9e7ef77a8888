package workbook.check.spark;

import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.check.script.Script.row;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import lesson00.BrokenClients;
import lesson00.BrokenConsumers;
import lesson00.BrokenEncoders;
import lesson00.BrokenModes;
import lesson00.BrokenProducers;
import lesson00.BrokenQueries;
import lesson00.BrokenSources;
import lesson00.BrokenState;
import lesson00.OtherFailures;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.check.golden.BrokenTexts;
import workbook.check.script.Schema;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.ScriptSpec;
import workbook.check.script.TestDriver;
import workbook.kit.LocalKafka;

/**
 * The explanations of code that does not run. Each public method of the classes {@code Broken…} runs, and its explanation
 * is compared with a file, see {@link BrokenTexts}.
 *
 * <p>{@code mvn test -pl check/spark -am -Dtest=BrokenTextTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.write=true}
 * rewrites the files; read the difference before you commit it.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenTextTest {

    /** Their constructors take the address of a broker. */
    private static final List<Class<?>> ON_KAFKA =
            List.of(BrokenClients.class, BrokenProducers.class, BrokenConsumers.class, BrokenSources.class);

    /** The methods of the others take a stream of payments. */
    private static final BrokenTexts TEXTS = new BrokenTexts(
            "check/spark",
            BrokenQueries.class,
            BrokenModes.class,
            BrokenEncoders.class,
            BrokenState.class,
            OtherFailures.class,
            BrokenClients.class,
            BrokenProducers.class,
            BrokenConsumers.class,
            BrokenSources.class);

    private static final String STATE_STORE = "spark.sql.streaming.stateStore.providerClass";
    private static final String PAYMENTS = "card STRING, amount INT, text STRING, time TIMESTAMP";
    private static final List<ScriptRow> ROWS = List.of(payment(1, "abc"), payment(2, null), payment(null, null));

    private static LocalKafka kafka;

    @BeforeAll
    static void start() {
        CompletableFuture<LocalKafka> starting = LocalKafka.startInBackground();
        SharedSpark.session();
        kafka = starting.join();
        kafka.createTopic("payments", 1);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void exceptionIsExplained(Method broken) {
        TEXTS.assertExplained(broken, catchThrowable(run(broken)));
    }

    @Test
    void everyGoldenFileHasACase() throws IOException {
        TEXTS.assertEveryFileHasACase();
    }

    static Stream<Method> cases() {
        return TEXTS.cases();
    }

    private static ThrowingCallable run(Method broken) {
        return ON_KAFKA.contains(broken.getDeclaringClass())
                ? () -> invoke(broken, create(broken, kafka.bootstrapServers()))
                : () -> runQuery(broken);
    }

    private static void runQuery(Method broken) {
        ScriptSpec script = new ScriptSpec(
                "", mode(broken), Script.DAY, Duration.ZERO, Map.of("in", Schema.of(PAYMENTS)), List.of(), List.of());
        RuntimeConfig settings = SharedSpark.session().conf();
        String stateStore = settings.get(STATE_STORE);
        try (TestDriver driver = SparkTestDriver.forQuery(script, streams -> answer(broken, streams.get("in")))) {
            driver.start();
            driver.runBatch(Map.of("in", ROWS), outcome -> true);
        } finally {
            settings.set(STATE_STORE, stateStore); // a case may have changed it
        }
    }

    private static String mode(Method broken) {
        return switch (broken.getName()) {
            case "averageOfTotalsInUpdateMode", "countDistinct", "sumOfText", "sumOfConditions" -> "update";
            default ->
                broken.getName().startsWith("update")
                        ? "update"
                        : broken.getName().startsWith("complete") ? "complete" : "append";
        };
    }

    private static Dataset<Row> answer(Method broken, Dataset<Row> stream) {
        return ((Dataset<?>) invoke(broken, create(broken), stream)).toDF();
    }

    private static Object create(Method broken, Object... arguments) {
        try {
            return broken.getDeclaringClass().getConstructors()[0].newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object invoke(Method broken, Object on, Object... arguments) {
        try {
            return broken.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw BrokenTextTest.<RuntimeException>unchanged(e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static ScriptRow payment(Integer amount, String text) {
        return row("card-1", amount, text, Instant.parse("2026-01-01T00:00:00Z"));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E unchanged(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
