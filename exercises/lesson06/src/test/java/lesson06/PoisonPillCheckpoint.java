package lesson06;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;
import static workbook.check.spark.SparkAnswers.queryListener;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Payment;

@Checkpoint(PoisonPill.class)
class PoisonPillCheckpoint {

    private static final String PAYMENTS = Payment.SCHEMA + ", message STRING";
    private static final String[] COLUMNS = {"id BIGINT", "risk DOUBLE", "reason STRING", "message STRING"};

    private static final int PLAIN = 7;
    private static final int WITHOUT_MESSAGE = 107;
    private static final int LOCKED = 207;
    private static final int IMPOSSIBLE = 307;
    private static final int WITHOUT_RISK = 407;
    private static final int INTERRUPTED = 408;
    private static final String LOCKED_REASON = "the list of terminals is locked";

    /**
     * The exception for payment 4 has a cause, and a toString of its own. For payment 5 the library returns NaN. For payment
     * 6 it throws an InterruptedException, and for any payment if it finds the thread interrupted.
     */
    @Test
    @Order(1)
    void aPaymentThatThrowsIsQuarantinedAndTheOthersAreRated(PoisonPill answer) {
        script().batch(
                        payment(1, PLAIN, "2.00"),
                        payment(1, PLAIN, "2.00"),
                        payment(2, PLAIN, "0.00"),
                        payment(3, PLAIN, "0.50"),
                        payment(4, LOCKED, "2.00"),
                        payment(5, WITHOUT_RISK, "2.00"),
                        payment(6, INTERRUPTED, "2.00"),
                        payment(7, PLAIN, "2.00"),
                        row(null, null, null, PLAIN, null, null))
                .emits(
                        row(1, 0.5, null, text(1, PLAIN, "2.00")),
                        row(1, 0.5, null, text(1, PLAIN, "2.00")),
                        row(2, null, "java.lang.ArithmeticException: Division by zero", text(2, PLAIN, "0.00")),
                        row(3, 2.0, null, text(3, PLAIN, "0.50")),
                        row(4, null, LOCKED_REASON, text(4, LOCKED, "2.00")),
                        row(5, Double.NaN, null, text(5, WITHOUT_RISK, "2.00")),
                        row(6, null, "java.lang.InterruptedException: no time", text(6, INTERRUPTED, "2.00")),
                        row(7, 0.5, null, text(7, PLAIN, "2.00")),
                        row(null, null, "java.lang.NullPointerException: no amount", null))
                .run(onSpark(payments -> rated(answer, payments)));
    }

    @Test
    @Order(2)
    void anExceptionWithoutAMessageIsAReasonToo(PoisonPill answer) {
        script().batch(payment(1, PLAIN, "0.00"))
                .restart()
                .batch(payment(2, WITHOUT_MESSAGE, "2.00"))
                .emits(row(2, null, "java.util.NoSuchElementException", text(2, WITHOUT_MESSAGE, "2.00")))
                .run(onSpark(payments -> rated(answer, payments)));
    }

    @Test
    @Order(3)
    void anAssertionErrorDoesNotStopTheQueryEither(PoisonPill answer) {
        script().batch(payment(1, IMPOSSIBLE, "2.00")).run(onSpark(payments -> rated(answer, payments)));
    }

    /** The second batch runs twice. The third has no payment for which the library throws, the fourth no payment. */
    @Test
    @Order(4)
    void theProgressOfEachBatchCountsTheQuarantinedPayments(PoisonPill answer) {
        Counts counts = new Counts();
        Script.of(PAYMENTS)
                .columns("payments", "quarantined")
                .batch(payment(1, PLAIN, "2.00"), payment(2, PLAIN, "0.00"), payment(3, PLAIN, "0.00"))
                .batch(payment(4, PLAIN, "2.00"), payment(5, PLAIN, "0.00"))
                .sinkFails()
                .batch(payment(6, PLAIN, "2.00"), row(null, at("09:00"), 10, PLAIN, new BigDecimal("2.00"), null))
                .batch()
                .emits(row(3, 2), row(2, 1), row(2, 0), row(0, 0))
                .run(queryListener(payments -> rated(answer, payments), () -> counts, () -> counts.rows));
    }

    @Test
    @Order(5)
    void eachRandomPaymentIsRatedOrQuarantined(PoisonPill answer) {
        RandomScript.of(PAYMENTS)
                .columns(COLUMNS)
                .batches(
                        2,
                        100,
                        RandomRows.of(PAYMENTS)
                                .oneOf(
                                        "terminal",
                                        PLAIN,
                                        WITHOUT_MESSAGE,
                                        LOCKED,
                                        IMPOSSIBLE,
                                        WITHOUT_RISK,
                                        INTERRUPTED))
                .run(
                        onSpark(payments -> rated(answer, payments)),
                        payments -> payments.stream()
                                .map(PoisonPillCheckpoint::oneByOne)
                                .toList());
    }

    private static Dataset<Row> rated(PoisonPill answer, Dataset<Row> payments) {
        return answer.rated(payments, payment -> risk(payment.getAs("terminal"), payment.getAs("amount")));
    }

    /** The library. */
    private static double risk(Integer terminal, BigDecimal amount) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the thread is interrupted");
        }
        Objects.requireNonNull(amount, "no amount");
        return switch (Objects.requireNonNull(terminal, "no terminal")) {
            case PLAIN -> BigDecimal.ONE.divide(amount).doubleValue(); // throws for 3: a third is no finite decimal
            case WITHOUT_MESSAGE -> List.<Double>of().iterator().next();
            case LOCKED -> throw new Locked();
            case WITHOUT_RISK -> Double.NaN;
            case INTERRUPTED -> throw new InterruptedException("no time");
            default -> throw new AssertionError("no terminal is above 299");
        };
    }

    private static final class Locked extends IOException {
        private static final long serialVersionUID = 1;

        Locked() {
            super(new IllegalStateException("another process writes"));
        }

        @Override
        public String toString() {
            return LOCKED_REASON;
        }
    }

    /** The oracle: no stream, and a try around each call. */
    private static ScriptRow oneByOne(ScriptRow payment) {
        try {
            double risk = risk((Integer) payment.get(3), (BigDecimal) payment.get(4));
            return row(payment.get(0), risk, null, payment.get(5));
        } catch (Exception | AssertionError thrown) {
            return row(payment.get(0), null, thrown.toString(), payment.get(5));
        }
    }

    private static Script script() {
        return Script.of(PAYMENTS).columns(COLUMNS);
    }

    private static ScriptRow payment(long id, int terminal, String amount) {
        return row(id, at("09:00"), 10, terminal, new BigDecimal(amount), text(id, terminal, amount));
    }

    /** Contains more than the columns. */
    private static String text(long id, int terminal, String amount) {
        return "v2;" + id + ";" + terminal + ";" + amount + ";chip";
    }

    /** Collects the observed metrics of each batch; a trigger without a batch has none. */
    private static final class Counts extends StreamingQueryListener {

        private final List<ScriptRow> rows = new ArrayList<>();

        @Override
        public void onQueryStarted(QueryStartedEvent event) {}

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            Row counted = event.progress().observedMetrics().get("quarantine");
            if (counted != null && event.progress().durationMs().containsKey("addBatch")) {
                rows.add(row(bigint(counted.getAs("payments")), bigint(counted.getAs("quarantined"))));
            }
        }

        /** Shows the type of another number. */
        private static Object bigint(Object number) {
            return number == null || number instanceof Long
                    ? number
                    : number + " of type " + number.getClass().getSimpleName();
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {}
    }
}
