package workbook.capstone.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

class TrainingTest {

    private static final Simulator.Settings SETTINGS = Simulator.Settings.defaults();

    @TempDir
    Path folder;

    private record Scored(double score, boolean fraud) {}

    @ParameterizedTest
    @EnumSource
    void theModelDetectsFraudsAndCanBeSavedAndLoaded(Algorithm algorithm) {
        Simulator simulator = new Simulator(SETTINGS);
        FraudModel model = Training.on(simulator, SETTINGS, algorithm);
        List<SimulatedPayment> next = simulator
                .payments(Training.HISTORY_DAYS, Training.HISTORY_DAYS + 2)
                .toList();

        // The handbook's models reach 0.87 with profiles that are never older than the payment before.
        assertThat(areaUnderRoc(model, next)).isBetween(0.78, 0.95);
        assertThat(share(model, next)).isBetween(0.002, 0.01);

        Payment fraud = next.stream()
                .filter(SimulatedPayment::isFraud)
                .map(SimulatedPayment::payment)
                .max(Comparator.comparing(Payment::amount))
                .orElseThrow();
        assertThat(model.reasons(features(model, fraud)).get(0).feature()).isEqualTo("amount");
        assertThat(model.reasons(features(model, fraud))).hasSizeLessThanOrEqualTo(3);

        model.save(folder);
        FraudModel loaded = FraudModel.load(folder);
        assertThat(loaded.card()).isEqualTo(model.card());
        assertThat(next.subList(0, 500))
                .allSatisfy(payment -> assertThat(score(loaded, payment)).isEqualTo(score(model, payment)));
    }

    private static double score(FraudModel model, SimulatedPayment payment) {
        return model.score(features(model, payment.payment()));
    }

    private static double[] features(FraudModel model, Payment payment) {
        return Features.of(payment, model.profiles());
    }

    private static double share(FraudModel model, List<SimulatedPayment> payments) {
        long alerts = payments.stream()
                .filter(payment -> model.isAlert(score(model, payment)))
                .count();
        return (double) alerts / payments.size();
    }

    /** The probability that a fraud has a higher score than a genuine payment: the mean rank of the frauds. */
    private static double areaUnderRoc(FraudModel model, List<SimulatedPayment> payments) {
        List<Scored> ascending = payments.stream()
                .map(payment -> new Scored(score(model, payment), payment.isFraud()))
                .sorted(Comparator.comparingDouble(Scored::score))
                .toList();
        double frauds = 0;
        double ranks = 0;
        for (int i = 0; i < ascending.size(); i++) {
            if (ascending.get(i).fraud()) {
                frauds++;
                ranks += i + 1;
            }
        }
        return (ranks - frauds * (frauds + 1) / 2) / (frauds * (ascending.size() - frauds));
    }
}
