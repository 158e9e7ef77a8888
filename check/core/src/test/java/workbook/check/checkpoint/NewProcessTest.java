package workbook.check.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import lesson00.Counter;
import org.junit.jupiter.api.Test;

class NewProcessTest {

    private interface Counting {
        int count();
    }

    public static class CountsInAStaticField extends Counter {
        private static int count;

        @Override
        public int count() {
            return ++count;
        }
    }

    private interface Failing {
        void fail() throws IOException;
    }

    public static class Fails {
        public void fail() throws IOException {
            throw new IOException("its own");
        }
    }

    @Test
    void staticFieldsStartAnew() {
        Counter answer = new CountsInAStaticField();
        answer.count();
        Counting first = NewProcess.of(answer, Counting.class);
        assertThat(first.count()).isEqualTo(1);
        assertThat(first.count()).isEqualTo(2);
        assertThat(NewProcess.of(answer, Counting.class).count()).isEqualTo(1);
    }

    @Test
    void theObjectIsNew() {
        Counter answer = new Counter();
        answer.count();
        assertThat(NewProcess.of(answer, Counting.class).count()).isEqualTo(1);
    }

    @Test
    void anExceptionOfTheAnswerIsThrownAsItIs() {
        assertThatThrownBy(() -> NewProcess.of(new Fails(), Failing.class).fail())
                .isInstanceOf(IOException.class)
                .hasMessage("its own");
    }
}
