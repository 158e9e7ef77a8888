package workbook.capstone.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.kit.Payment;
import workbook.kit.Simulator;

class ActiveModelTest {

    private static FraudModel first;
    private static FraudModel second;
    private static List<Payment> payments;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() {
        first = model(1);
        second = model(2);
        Simulator.Settings settings = settings(1);
        payments = new Simulator(settings)
                .day(Training.HISTORY_DAYS).stream().map(one -> one.payment()).toList();
    }

    private static Simulator.Settings settings(long seed) {
        return Simulator.Settings.defaults().withCustomers(300).withSeed(seed);
    }

    private static FraudModel model(long seed) {
        return Training.on(new Simulator(settings(seed)), settings(seed));
    }

    @Test
    void aModelPublishedDuringScoringIsUsedAndEachScoreIsOfOneModel() {
        ModelRegistry models = new ModelRegistry(folder);
        models.publish(first);
        ActiveModel active = ActiveModel.of(folder);
        Payment payment = payments.get(0);
        double before = score(first, payment);
        double after = score(second, payment);
        assertThat(before).isNotEqualTo(after);

        assertThat(scored(active, payment)).isEqualTo("v1 " + before);
        models.publish(second);
        await().until(() -> {
            String scored = scored(active, payment);
            assertThat(scored).isIn("v1 " + before, "v2 " + after);
            return scored.startsWith("v2");
        });
    }

    private static double score(FraudModel model, Payment payment) {
        return model.score(Features.of(payment, model.profiles()));
    }

    private static String scored(ActiveModel active, Payment payment) {
        ActiveModel.Named named = active.get();
        return named.name() + " " + score(named.model(), payment);
    }

    @Test
    void allTasksOfAJvmShareTheModel() {
        new ModelRegistry(folder).publish(first);
        assertThat(ActiveModel.of(folder)).isSameAs(ActiveModel.of(folder.resolve("../" + folder.getFileName())));
    }

    @Test
    void aModelThatCannotBeReadIsReportedOnceAndTheActiveOneStays() throws IOException {
        ModelRegistry models = new ModelRegistry(folder);
        models.publish(first);
        ActiveModel active = ActiveModel.of(folder);
        PrintStream screen = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            models.publish(second);
            Files.delete(folder.resolve("v2/model.tribuo"));
            await().until(() -> {
                active.get();
                return said.size() > 0;
            });
        } finally {
            System.setErr(screen);
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("The model v2 cannot be loaded, v1 stays active: ")
                .hasLineCount(1);
        assertThat(active.get().name()).isEqualTo("v1");

        models.publish(second);
        await().until(() -> active.get().name().equals("v3"));
    }

    @Test
    void withoutAModelTheErrorSaysWhatToDo() {
        assertThatThrownBy(() -> ActiveModel.of(folder))
                .isInstanceOf(ModelRegistry.NoModelException.class)
                .hasMessage("There is no model in " + folder
                        + ". Train one: ./jbang fraud train --home DIR writes it to DIR/models.");
    }

    @Test
    void publishedModelsAreNumberedAndKept() {
        ModelRegistry models = new ModelRegistry(folder);
        assertThat(models.activeName()).isEmpty();
        assertThat(models.publish(first)).isEqualTo("v1");
        assertThat(models.publish(second)).isEqualTo("v2");
        assertThat(models.activeName()).contains("v2");
        assertThat(score(models.load("v1"), payments.get(0))).isEqualTo(score(first, payments.get(0)));
    }

    @Test
    void newProfilesAreAMinorVersionOfTheRegression() {
        ModelRegistry models = new ModelRegistry(folder);
        models.publish(first);
        assertThat(models.refresh(first.withProfiles(second.profiles()))).isEqualTo("v1.1");
        assertThat(models.refresh(first.withProfiles(second.profiles()))).isEqualTo("v1.2");
        assertThat(models.activeName()).contains("v1.2");
        FraudModel refreshed = models.load("v1.2");
        assertThat(refreshed.card()).isEqualTo(first.card());
        assertThat(Features.of(payments.get(0), refreshed.profiles()))
                .containsExactly(Features.of(payments.get(0), second.profiles()));
        assertThat(models.publish(second)).isEqualTo("v2");
        assertThat(models.refresh(second)).isEqualTo("v2.1");
    }

    @Test
    void afterARollbackNoNameIsReused() throws IOException {
        ModelRegistry models = new ModelRegistry(folder);
        models.publish(first);
        models.refresh(first);
        models.publish(second);
        Files.writeString(folder.resolve("current"), "v1");
        assertThat(models.refresh(first)).isEqualTo("v1.2");
        assertThat(models.publish(second)).isEqualTo("v3");
    }
}
