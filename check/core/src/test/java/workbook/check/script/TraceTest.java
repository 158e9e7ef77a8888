package workbook.check.script;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceTest {

    private static final Instant TEN = at("10:00");

    @Test
    void orderAndDurationDoNotMatter() {
        assertThat(trace(event(List.of(row(1), row(2)), false, TEN, 5))
                        .sameBehaviour(trace(event(List.of(row(2), row(1L)), false, TEN, 900))))
                .isTrue();
    }

    @Test
    void orderMattersIfTheScriptExpectsIt() {
        assertThat(trace(event(List.of(row(1), row(2)), true, TEN, 5))
                        .sameBehaviour(trace(event(List.of(row(2), row(1)), true, TEN, 5))))
                .isFalse();
    }

    @Test
    void watermarkAndExceptionMatter() {
        Trace trace = trace(event(List.of(), false, TEN, 5));
        assertThat(trace.sameBehaviour(trace(event(List.of(), false, null, 5)))).isFalse();
        assertThat(trace.sameBehaviour(trace())).isFalse();
        assertThat(trace().sameBehaviour(new Trace("", "append", Map.of(), List.of("n"), List.of(), "DIVIDE_BY_ZERO")))
                .isFalse();
    }

    @Test
    void aRecordingKeepsTheException() {
        AssertionError failure = new AssertionError("wrong");
        Recorder.Recording recording = Recorder.record(() -> {
            Recorder.add(trace());
            throw failure;
        });
        assertThat(recording.thrown()).isSameAs(failure);
        assertThat(recording.sameBehaviour(Recorder.record(() -> Recorder.add(trace()))))
                .isTrue();
        assertThat(recording.sameBehaviour(Recorder.record(() -> {}))).isFalse();
    }

    private static Trace trace(Trace.Event... events) {
        return new Trace("", "append", Map.of("in", List.of("n")), List.of("n"), List.of(events), null);
    }

    private static Trace.Event event(List<ScriptRow> out, boolean ordered, Instant watermark, long millis) {
        return new Trace.Event(Trace.Kind.BATCH, 1, Map.of(), out, ordered, watermark, 0, 0, Map.of(), millis);
    }
}
