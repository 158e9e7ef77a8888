package workbook.capstone.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import workbook.capstone.features.OnlineLookup;
import workbook.capstone.inference.Features;
import workbook.capstone.inference.FraudModel;
import workbook.capstone.inference.Training;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;
import workbook.kit.schemas.LocalRegistry;

/** Counts the bytes of a day's payments and scores in both formats, and compares them with the page. */
class FormatSizeTest {

    private static final Path PAGE = Path.of("docs/README.md");

    private final Simulator.Settings simulation = Simulator.Settings.defaults().withCustomers(500);
    private final Simulator simulator = new Simulator(simulation);
    private final FraudModel model = Training.on(simulator, simulation);

    @Test
    void thePageHasTheSizes() throws IOException {
        try (LocalRegistry registry = LocalRegistry.start()) {
            Format avro = AvroFormat.register(registry.url());
            assertThat(Files.readAllLines(PAGE))
                    .filteredOn(line -> line.matches("\\| a (payment|score) \\|.*"))
                    .containsExactly(
                            row("payment", avro, format -> payment -> format.write(payment)),
                            row("score", avro, format -> payment -> format.write(scored(payment))));
        }
    }

    private String row(String name, Format avro, Function<Format, Function<Payment, byte[]>> write) {
        double json = bytes(write.apply(JsonFormat.PLAIN));
        double binary = bytes(write.apply(avro));
        return String.format(Locale.ROOT, "| a %s | %.1f | %.1f | %.2f |", name, json, binary, binary / json);
    }

    /** The mean over the first day of the stream. */
    private double bytes(Function<Payment, byte[]> write) {
        return simulator.day(Training.HISTORY_DAYS).stream()
                .map(SimulatedPayment::payment)
                .mapToInt(payment -> write.apply(payment).length)
                .average()
                .orElseThrow();
    }

    private ScoredPayment scored(Payment payment) {
        double[] features = Features.of(payment, model.profiles());
        double score = model.score(features);
        return new ScoredPayment(payment, score, false, "v1", OnlineLookup.Source.NIGHTLY, features);
    }
}
