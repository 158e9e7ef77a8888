package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingStackTest {

    private final ClosingStack stack = new ClosingStack();
    private final List<String> closed = new ArrayList<>();

    private void open(String name) {
        stack.add(() -> closed.add(name));
    }

    private void openUncloseable(String name) {
        stack.add(() -> {
            closed.add(name);
            throw new IllegalStateException(name + " does not close");
        });
    }

    @Test
    void closesInReverseOrderAndOnce() {
        open("broker");
        open("Spark");
        stack.close();
        stack.close();
        assertThat(closed).containsExactly("Spark", "broker");
    }

    @Test
    void aFailureOfClosingIsReportedAfterAllAreClosed() {
        open("broker");
        openUncloseable("store");
        openUncloseable("Spark");
        open("producer");
        assertThatThrownBy(stack::close)
                .hasMessage("Spark does not close")
                .hasSuppressedException(new IllegalStateException("store does not close"));
        assertThat(closed).containsExactly("producer", "Spark", "store", "broker");
    }

    @Test
    void theOriginalFailureStaysTheOneReported() {
        open("broker");
        openUncloseable("Spark");
        Exception failure = new Exception("no topic");
        stack.closeAfter(failure);
        assertThat(failure)
                .hasMessage("no topic")
                .hasSuppressedException(new IllegalStateException("Spark does not close"));
        assertThat(closed).containsExactly("Spark", "broker");
    }
}
