package workbook.capstone.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EngineTest {

    @Test
    void namesAreThoseOfTheCommandLine() {
        assertThat(Engine.values())
                .extracting(Engine::toString)
                .containsExactly("spark", "kafka-streams", "flink", "beam", "storm");
        for (Engine engine : Engine.values()) {
            assertThat(new Engine.Converter().convert(engine.toString())).isEqualTo(engine);
        }
    }

    @Test
    void anUnknownNameIsRefusedWithTheChoices() {
        StringWriter err = new StringWriter();
        int code = new CommandLine(new BatchCommand())
                .setErr(new PrintWriter(err, true))
                .execute("--seeds", "0", "--engine", "spork");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("Invalid value for option '--engine': 'spork' is none of the engines"
                        + " spark, kafka-streams, flink, beam, storm");
    }
}
