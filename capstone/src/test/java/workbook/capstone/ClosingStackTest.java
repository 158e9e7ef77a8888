package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingStackTest {

    private final ClosingStack opened = new ClosingStack();
    private final List<String> closed = new ArrayList<>();

    private void open(String name) {
        opened.add(() -> closed.add(name));
    }

    private void openOneThatDoesNotClose(String name) {
        opened.add(() -> {
            closed.add(name);
            throw new IllegalStateException(name + " does not close");
        });
    }

    @Test
    void theLastIsClosedFirstAndEachOnce() {
        open("broker");
        open("Spark");
        opened.close();
        opened.close();
        assertThat(closed).containsExactly("Spark", "broker");
    }

    @Test
    void whatDoesNotCloseLeavesNothingElseOpenAndIsTold() {
        open("broker");
        openOneThatDoesNotClose("store");
        openOneThatDoesNotClose("Spark");
        open("producer");
        assertThatThrownBy(opened::close)
                .hasMessage("Spark does not close")
                .hasSuppressedException(new IllegalStateException("store does not close"));
        assertThat(closed).containsExactly("producer", "Spark", "store", "broker");
    }

    @Test
    void theFailureForWhichAllIsClosedStaysTheOneToTell() {
        open("broker");
        openOneThatDoesNotClose("Spark");
        Exception failure = new Exception("no topic");
        opened.closeAfter(failure);
        assertThat(failure)
                .hasMessage("no topic")
                .hasSuppressedException(new IllegalStateException("Spark does not close"));
        assertThat(closed).containsExactly("Spark", "broker");
    }
}
