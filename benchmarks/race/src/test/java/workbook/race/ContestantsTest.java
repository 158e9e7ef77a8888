package workbook.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ContestantsTest {

    @Test
    void everyContestantHasAProgramAndANameOfItsOwn() {
        assertThat(Contestants.ALL).extracting(Contestant::toString).doesNotHaveDuplicates();
        assertThat(Contestants.ALL)
                .filteredOn(Contestant::hasEngine)
                .allSatisfy(one -> assertThat(Path.of("../..", one.file())).exists());
    }
}
