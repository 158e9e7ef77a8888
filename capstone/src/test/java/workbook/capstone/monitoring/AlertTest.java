package workbook.capstone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertTest {

    private static Alert parse(String json) {
        return Alert.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAnAlertAndPrintsIt() {
        Alert alert = parse("""
                {"id":7,"time":"2018-05-22T08:03:52Z","customer":1768,"terminal":6348,"amount":519.6,"score":0.984321,
                "alert":true,"model":"v1","reasons":[{"feature":"terminal_risk_7d","value":0.930,"usual":0.010}]}""");
        assertThat(alert.toString())
                .isEqualTo("0.98  2018-05-22T08:03:52Z  customer 1768 paid 519.60 at terminal 6348%n".formatted()
                        + "               terminal risk 7d 0.93, usually 0.01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"id\":7}",
                "{\"id\":null,\"time\":\"2018-05-22T08:03:52Z\",\"customer\":1,\"terminal\":2,\"amount\":3,\"score\":1,\"reasons\":[]}"
            })
    void anInvalidAlertIsRefusedWithItsText(String json) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("not an alert: " + json);
    }
}
