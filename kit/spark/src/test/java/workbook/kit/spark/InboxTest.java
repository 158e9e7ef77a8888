package workbook.kit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {

    @Test
    void deliversFilesThatAreYoungerOneByOne() throws Exception {
        Inbox inbox =
                Inbox.create().deliver(List.of("a", "b")).deliver(List.of()).deliver(List.of("c"));
        try (var files = Files.list(Path.of(inbox.path()))) {
            List<Path> oldestFirst = files.sorted(
                            Comparator.comparing(file -> file.toFile().lastModified()))
                    .toList();
            assertThat(oldestFirst)
                    .extracting(Files::readAllLines)
                    .containsExactly(List.of("a", "b"), List.of(), List.of("c"));
            assertThat(oldestFirst)
                    .extracting(file -> file.toFile().lastModified())
                    .doesNotHaveDuplicates();
        }
    }
}
