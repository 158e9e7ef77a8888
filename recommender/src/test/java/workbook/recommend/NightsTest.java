package workbook.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightsTest {

    @TempDir
    private Path folder;

    @Test
    void withoutAModelItSaysWhatToDo() {
        assertThatThrownBy(() -> new Nights(folder).current())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("There is no model in " + folder + ". Train one: ./jbang recommend train");
    }

    @Test
    void aModelIsReadAsItWasPublished() {
        Nights nights = new Nights(folder);
        String version = TinyModels.publish(nights, "1 2 3");
        assertThat(version).isEqualTo("v1").isEqualTo(nights.current());
        assertThat(nights.customers(version).get(17)).containsExactly(1, 0);
        assertThat(nights.terminals(version)).hasSize(3);
        assertThat(nights.lists(version)).isEqualTo(TinyModels.lists("1 2 3"));
        assertThat(nights.publishAgain()).isEqualTo("v2").isEqualTo(nights.current());
        assertThat(nights.lists("v2")).isEqualTo(TinyModels.lists("1 2 3"));
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Nights nights = new Nights(folder);
        Path file = folder.resolve(TinyModels.publish(nights, "1 2 3")).resolve("terminals.json");
        Files.writeString(file, "{\"1\":[0.");
        assertThatThrownBy(() -> nights.terminals("v1"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(file + " cannot be read: ");
    }

    @Test
    void aDamagedModelLeavesThePopularListOfTheOneBefore() throws IOException {
        Nights nights = new Nights(folder);
        ColdStartLists lists = new ColdStartLists(nights);
        TinyModels.publish(nights, "1 2 3");
        assertThat(lists.current()).isEqualTo("v1");
        Files.writeString(folder.resolve(nights.publishAgain()).resolve("lists.json"), "{");
        assertThat(lists.current()).isEqualTo("v1");
        assertThat(lists.version("v1").popular()).containsExactly(1, 2, 3);
    }
}
