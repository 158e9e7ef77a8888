package workbook.capstone.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.kit.Simulator;

/** Loading a model from a folder with invalid or malicious files. */
class FraudModelTest {

    private static final LocalDate DAY = LocalDate.parse("2026-01-01");

    private static FraudModel model;
    private static boolean hasRun;

    @TempDir
    private Path folder;

    /** Foreign code, which would run when such an object is read. */
    private static final class Foreign implements Serializable {
        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) {
            hasRun = true;
        }
    }

    @BeforeAll
    static void train() {
        Simulator.Settings settings = Simulator.Settings.defaults().withCustomers(300);
        model = Training.on(new Simulator(settings), settings);
    }

    @BeforeEach
    void save() {
        model.save(folder);
        hasRun = false;
    }

    private void assertRefused(String file, String state) {
        assertThatThrownBy(() -> FraudModel.load(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("The model in " + folder + " could not be read: its file " + file + " " + state)
                .hasMessageEndingWith(". Train a new one: ./jbang fraud train --home DIR writes it to DIR/models.");
    }

    @Test
    void anObjectOfAnotherClassIsRefusedAndItsCodeDoesNotRun() throws IOException {
        write(new Foreign(), Files.newOutputStream(folder.resolve("profiles.ser")));
        assertRefused("profiles.ser", "is damaged or not part of a model (java.io.InvalidClassException: ");
        assertThat(hasRun).isFalse();
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void aForeignObjectInsideAModelsObjectIsRefused() throws IOException {
        Map<Integer, Object> customers = new HashMap<>(Map.of(1, new Foreign()));
        Profiles profiles = new Profiles(DAY, (Map) customers, new HashMap<>());
        write(profiles, Files.newOutputStream(folder.resolve("profiles.ser")));
        assertRefused("profiles.ser", "is damaged or not part of a model (java.io.InvalidClassException: ");
        assertThat(hasRun).isFalse();
    }

    @Test
    void anObjectOfTheOtherFileIsRefused() throws IOException {
        write(model.history(), Files.newOutputStream(folder.resolve("profiles.ser")));
        assertRefused(
                "profiles.ser", "is damaged or not part of a model (java.io.InvalidObjectException: not a Profiles)");
    }

    @Test
    void moreObjectsThanAnyModelHasAreRefused() throws IOException {
        ProfileHistory history = new ProfileHistory(1_000_000, 1, DAY);
        history.addDay(List.of());
        write(history, new GZIPOutputStream(Files.newOutputStream(folder.resolve("history.ser.gz"))));
        assertRefused("history.ser.gz", "is damaged or not part of a model (java.io.InvalidClassException: ");
    }

    @Test
    void aRegressionOfAnotherClassIsRefused() throws IOException {
        Path file = folder.resolve("model.tribuo");
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1)
                .replace("org.tribuo.transform.TransformedModel", "java.util.concurrent.ForkJoinPool");
        Files.writeString(file, bytes, StandardCharsets.ISO_8859_1);
        assertRefused("model.tribuo", "is damaged or not part of a model (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.tribuo", "card.json", "profiles.ser", "history.ser.gz"})
    void anInvalidFileIsReported(String file) throws IOException {
        Files.writeString(folder.resolve(file), "no model,\nbut two lines of text");
        assertRefused(file, "is damaged or not part of a model (");
        assertThatThrownBy(() -> FraudModel.load(folder)).message().hasLineCount(1);
        Files.delete(folder.resolve(file));
        assertRefused(file, "is missing");
    }

    @Test
    void tenTimesTheSimulatorsCustomersFitTheLimits() throws IOException {
        ProfileSums sums = new ProfileSums();
        ProfileHistory history = new ProfileHistory(100_000, 100_000, DAY);
        for (int number = 0; number < 100_000; number++) {
            sums.addCustomer(number, new double[Profiles.WIDTH]);
            sums.addTerminal(number, new double[Profiles.WIDTH]);
        }
        for (int day = 0; day < 37; day++) {
            history.addDay(List.of());
        }
        write(sums.profiles(DAY), Files.newOutputStream(folder.resolve("profiles.ser")));
        write(history, new GZIPOutputStream(Files.newOutputStream(folder.resolve("history.ser.gz"))));
        FraudModel loaded = FraudModel.load(folder);
        assertThat(loaded.profiles().customers() + loaded.profiles().terminals())
                .isEqualTo(200_000);
        assertThat(loaded.history().end()).isEqualTo(DAY.plusDays(37));
    }

    private static void write(Object object, OutputStream file) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(file)) {
            out.writeObject(object);
        }
    }
}
