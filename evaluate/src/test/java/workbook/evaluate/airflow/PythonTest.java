package workbook.evaluate.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonTest {

    @Test
    void theVersionIsRead() {
        assertThat(Python.parse("python3", "Python 3.11.7\n")).contains(new Python("python3", "3.11"));
        assertThat(Python.parse("python3.13", "Python 3.13.0rc2\n")).contains(new Python("python3.13", "3.13"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Python 3.9.19", "Python 3.15.0", "Python 2.7.18", "", "pyenv: python3.12: command not found"})
    void airflowDoesNotRunOnOthers(String output) {
        assertThat(Python.parse("python3", output)).isEqualTo(Optional.empty());
    }
}
