package engines;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;
import workbook.kit.explain.Causes;

/**
 * The revenue of the nightly job on one engine. Payments come in the order of their times, so none is late, and the
 * payments have an end, at which every hour is final.
 */
@Command(mixinStandardHelpOptions = true, description = "Sums the revenue of each terminal in each hour.")
abstract class RevenueProgram implements Callable<Integer> {

    @Parameters(index = "0", description = "a file with a payment as JSON in each line, in the order of their times")
    private Path payments;

    @Parameters(index = "1", description = "the file to write, with a revenue as JSON in each line")
    private Path revenue;

    /** Emits the revenue of these payments to the sink. */
    abstract void run(Path payments, Consumer<Revenue> sink) throws Exception;

    /** @throws IllegalStateException with the message of the innermost cause: engines wrap it several times */
    @Override
    public final Integer call() {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(revenue))) {
            run(payments, row -> out.println(row.toJson()));
            if (out.checkError()) {
                throw new IOException(revenue + " could not be written.");
            }
            return 0;
        } catch (Exception e) {
            List<Throwable> causes = Causes.of(e);
            Throwable innermost = causes.get(causes.size() - 1);
            throw new IllegalStateException(
                    Optional.ofNullable(innermost.getMessage()).orElseGet(innermost::toString), e);
        }
    }

    /**
     * Calls the action with each payment, and then with one that is so much newer that every hour before it is final. For
     * engines whose streams have no end; its own hour is never emitted.
     */
    static void forEachAndOneMore(Path payments, Consumer<ReceivedPayment> action) throws IOException {
        ReceivedPayment last = null;
        try (Stream<String> lines = Files.lines(payments)) {
            for (String line : (Iterable<String>) lines::iterator) {
                last = ReceivedPayment.fromJson(line);
                action.accept(last);
            }
        }
        if (last != null) {
            action.accept(new ReceivedPayment(null, last.time().plus(Duration.ofHours(2)), null, null, last.amount()));
        }
    }
}
