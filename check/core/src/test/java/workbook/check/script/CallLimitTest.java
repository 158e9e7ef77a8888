package workbook.check.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import lesson00.HangingAnswer;
import org.junit.jupiter.api.Test;
import workbook.kit.explain.NotReturned;

class CallLimitTest {

    /** A call of the answer is given up at once, any other call never. */
    private static final Duration NONE = Duration.ZERO;

    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void theResultIsReturnedAndAnExceptionThrown() {
        assertThat(CallLimit.<Integer>call(() -> 7)).isEqualTo(7);
        assertThatThrownBy(() -> CallLimit.run(() -> {
                    throw new IOException("its own");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("its own");
    }

    @Test
    void aCallThatHangsIsGivenUpAndInterrupted() {
        HangingAnswer answer = new HangingAnswer(released);
        assertThatThrownBy(() -> CallLimit.call(NONE, answer::waits))
                .isInstanceOf(NotReturned.class)
                .hasMessageStartingWith("The call has not returned after 0 s. It ")
                .hasMessageContaining(" HangingAnswer.java:");
        assertThat(answer.wasInterrupted()).isTrue();
        assertThat(CallLimit.hasRunningCalls()).isFalse();
    }

    @Test
    void aCallThatIgnoresInterruptsIsLeftBehind() throws InterruptedException {
        HangingAnswer answer = new HangingAnswer(released);
        assertThatThrownBy(() -> CallLimit.call(NONE, answer::loops)).isInstanceOf(NotReturned.class);
        assertThat(CallLimit.hasRunningCalls()).isTrue();
        released.countDown();
        answer.awaitEnd();
    }

    @Test
    void aCallInWhichNoAnswerRunsIsWaitedFor() {
        assertThat(CallLimit.call(NONE, () -> {
                    Thread.sleep(50);
                    return "done";
                }))
                .isEqualTo("done");
    }
}
