package workbook.kit.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.internals.FutureRecordMetadata;
import org.junit.jupiter.api.Test;

class PendingCallTest {

    private static final StackTraceElement ANSWER = frame("lesson02.PaymentProducer", "send", 31);
    private static final StackTraceElement CHECKPOINT = frame("lesson02.PaymentProducerCheckpoint$Sending", "run", 113);
    private static final StackTraceElement FLUSH = frame(KafkaProducer.class.getName(), "flush", 1300);
    private static final StackTraceElement JOIN = frame("java.lang.Thread", "join", 1300);
    private static final StackTraceElement WAIT = new StackTraceElement("java.lang.Object", "wait", "Object.java", -2);

    @Test
    void theMethodIsTheOneThatTheAnswerHasCalled() {
        assertThat(PendingCall.of(Thread.State.WAITING, WAIT, JOIN, FLUSH, ANSWER, CHECKPOINT))
                .hasToString("Optional[It waits in KafkaProducer.flush(), called in PaymentProducer.java:31.]");
    }

    @Test
    void aThreadInANativeMethodWaits() {
        assertThat(PendingCall.of(Thread.State.RUNNABLE, WAIT, FLUSH, ANSWER))
                .hasToString("Optional[It waits in KafkaProducer.flush(), called in PaymentProducer.java:31.]");
        assertThat(PendingCall.of(Thread.State.RUNNABLE, FLUSH, ANSWER))
                .hasToString("Optional[It is in KafkaProducer.flush(), called in PaymentProducer.java:31.]");
    }

    @Test
    void aCallThatIsKnownToWaitForEverIsExplained() {
        StackTraceElement close = frame(KafkaProducer.class.getName(), "close", 1400);
        assertThat(PendingCall.of(Thread.State.WAITING, WAIT, JOIN, close, ANSWER))
                .hasToString("Optional[It waits in KafkaProducer.close(), called in PaymentProducer.java:31. It returns"
                        + " when all records are sent. One that was sent outside a transaction, by a producer with a"
                        + " transactional.id, never is: call beginTransaction() before the send.]");
    }

    @Test
    void anInternalClassHasTheNameOfItsInterface() {
        StackTraceElement get = frame(FutureRecordMetadata.class.getName(), "get", 64);
        assertThat(PendingCall.of(Thread.State.TIMED_WAITING, WAIT, get, ANSWER))
                .hasToString("Optional[It waits in Future.get(), called in PaymentProducer.java:31.]");
    }

    @Test
    void codeOfTheAnswerItselfHasNoMethod() {
        StackTraceElement nested = frame("lesson02.PaymentProducer$Buffer", "drain", 40);
        PendingCall call = PendingCall.of(Thread.State.RUNNABLE, nested, ANSWER).orElseThrow();
        assertThat(new NotReturned(Duration.ofSeconds(20), call))
                .hasMessage("The call has not returned after 20 s. It is at PaymentProducer.java:40. Does it loop?");
    }

    @Test
    void aCheckpointIsNoAnswer() {
        assertThat(PendingCall.of(Thread.State.WAITING, WAIT, JOIN, CHECKPOINT)).isEmpty();
    }

    private static StackTraceElement frame(String type, String method, int line) {
        String file = type.replaceAll(".*\\.|\\$.*", "") + ".java";
        return new StackTraceElement(type, method, file, line);
    }
}
