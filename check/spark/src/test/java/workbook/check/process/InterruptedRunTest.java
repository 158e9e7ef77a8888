package workbook.check.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import lesson00.Waits;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import workbook.check.catalog.Exercise;
import workbook.kit.LocalKafka;

class InterruptedRunTest {

    /** The wait is a real one, in a producer of Kafka. */
    @Test
    void theCallThatWaitsIsNamed() throws InterruptedException {
        try (LocalKafka kafka = LocalKafka.start()) {
            kafka.createTopic("payments", 1);
            Thread answer = new Thread(() -> Waits.inClose(kafka.bootstrapServers()));
            answer.start();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isIn("join", answer));

            Reply reply = InterruptedRun.timedOut(
                    new Exercise(Waits.class.getName()),
                    Optional.of("commits"),
                    20_000,
                    Map.of(answer, answer.getStackTrace()));

            answer.interrupt();
            answer.join();
            assertThat(reply.result().toString().replaceAll("(line |java:)\\d+", "$1N"))
                    .isEqualTo("""
                    BROKEN    lesson 00 Waits: the code did not finish within 20 s.

                      Step: commits
                      It waits in KafkaProducer.close(), called in Waits.java:N. It returns when all records are
                      sent. One that was sent outside a transaction, by a producer with a transactional.id, never is:
                      call beginTransaction() before the send.
                      On a slow machine, raise the limit: -Dseconds=40
                      exercises/lesson00/src/main/java/lesson00/Waits.java, line N

                      Hints: exercises/lesson00/hints/Waits.md""");
        }
    }

    private static boolean isIn(String method, Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals(method));
    }
}
