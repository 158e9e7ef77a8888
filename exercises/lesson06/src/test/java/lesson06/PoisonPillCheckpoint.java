package lesson06;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;
import static workbook.check.spark.SparkAnswers.queryListener;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Payment;

@Checkpoint(PoisonPill.class)
class PoisonPillCheckpoint {

    private static final String PAYMENTS = Payment.SCHEMA + ", message STRING";
    private static final String[] COLUMNS = {"id", "risk", "reason", "message"};

    private static final int PLAIN = 7;
    private static final int WITHOUT_MESSAGE = 107;
    private static final int IMPOSSIBLE = 307;

    @Test
    @Order(1)
    void aPaymentThatThrowsIsQuarantinedAndTheOthersAreRated(PoisonPill answer) {
        script().batch(payment(1, PLAIN, "2.00"), payment(2, PLAIN, "0.00"), payment(3, PLAIN, "0.50"))
                .emits(
                        row(1, 0.5, null, text(1, PLAIN, "2.00")),
                        row(2, null, "java.lang.ArithmeticException: Division by zero", text(2, PLAIN, "0.00")),
                        row(3, 2.0, null, text(3, PLAIN, "0.50")))
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

    /** The second batch runs twice. */
    @Test
    @Order(4)
    void theProgressOfEachBatchCountsTheQuarantinedPayments(PoisonPill answer) {
        Counts counts = new Counts();
        Script.of(PAYMENTS)
                .columns("payments", "quarantined")
                .batch(payment(1, PLAIN, "2.00"), payment(2, PLAIN, "0.50"), payment(3, PLAIN, "0.00"))
                .batch(payment(4, PLAIN, "2.00"), payment(5, PLAIN, "0.00"))
                .sinkFails()
                .emits(row(3, 1), row(2, 1))
                .run(queryListener(payments -> rated(answer, payments), () -> counts, () -> counts.rows));
    }

    @Test
    @Order(5)
    void eachRandomPaymentIsRatedOrQuarantined(PoisonPill answer) {
        RandomScript.of(PAYMENTS)
                .columns(COLUMNS)
                .batches(3, 20, PoisonPillCheckpoint::randomPayment)
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
    private static double risk(int terminal, BigDecimal amount) throws IOException {
        return switch (terminal / 100) {
            case 0 -> BigDecimal.ONE.divide(amount).doubleValue(); // throws for 3: a third is no finite decimal
            case 1 -> List.<Double>of().iterator().next();
            case 2 -> throw new IOException("the list of terminals is locked");
            default -> throw new AssertionError("no terminal is above 299");
        };
    }

    /** The oracle: no stream, and a try around each call. */
    private static ScriptRow oneByOne(ScriptRow payment) {
        try {
            return row(payment.get(0), risk(payment.getInt(3), payment.getDecimal(4)), null, payment.get(5));
        } catch (Exception | AssertionError thrown) {
            return row(payment.get(0), null, thrown.toString(), payment.get(5));
        }
    }

    private static Script script() {
        return Script.of(PAYMENTS).columns(COLUMNS);
    }

    private static ScriptRow randomPayment(Random random, int batch) {
        int terminal = random.nextInt(3) > 0 ? random.nextInt(100) : random.nextInt(400);
        return payment(
                100 + random.nextInt(1_000_000),
                terminal,
                BigDecimal.valueOf(random.nextInt(9), 0).toString());
    }

    private static ScriptRow payment(long id, int terminal, String amount) {
        return row(id, at("09:00"), 10, terminal, new BigDecimal(amount), text(id, terminal, amount));
    }

    /** Contains more than the columns. */
    private static String text(long id, int terminal, String amount) {
        return "v2;" + id + ";" + terminal + ";" + amount + ";chip";
    }

    /** Collects the observed metrics of each batch with payments. */
    private static final class Counts extends StreamingQueryListener {

        private final List<ScriptRow> rows = new ArrayList<>();

        @Override
        public void onQueryStarted(QueryStartedEvent event) {}

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            Row counted = event.progress().observedMetrics().get("quarantine");
            if (counted != null && event.progress().numInputRows() > 0) {
                rows.add(row(counted.<Long>getAs("payments"), counted.<Long>getAs("quarantined")));
            }
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {}
    }
}
