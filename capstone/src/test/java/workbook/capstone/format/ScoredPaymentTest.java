package workbook.capstone.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import workbook.capstone.features.OnlineLookup;
import workbook.capstone.inference.Reason;
import workbook.kit.Payment;

class ScoredPaymentTest {

    private static final Payment PAYMENT =
            new Payment(1_234_567_890_123L, Instant.parse("2018-05-20T09:10:00.120Z"), 7, 42, new BigDecimal("1E+2"));

    private static ScoredPayment scored(String model) {
        return new ScoredPayment(PAYMENT, 0.0123456789, false, model, OnlineLookup.Source.NIGHTLY, new double[] {
            100, 0, 1.0 / 3, 12_345_678.9, 1e-9
        });
    }

    @Test
    void aScoreIsWrittenAsJson() {
        assertThat(scored("v1.2").toJson())
                .startsWith(PAYMENT.toJson().replace("}", ","))
                .isEqualTo("""
                {"id":1234567890123,"time":"2018-05-20T09:10:00.120Z","customer":7,"terminal":42,"amount":100,\
                "score":0.012346,"alert":false,"model":"v1.2","lookup":"nightly",\
                "features":[100.0,0.0,0.3333333333333333,1.23456789E7,1.0E-9]}""");
    }

    @Test
    void anAlertIsAScoreWithItsReasons() {
        assertThat(scored("v1").toJson(List.of(new Reason("amount", 9_000, 53.0625), new Reason("night", 1, 0.0005))))
                .isEqualTo(scored("v1").toJson().replaceFirst("}$", """
                        ,"reasons":[{"feature":"amount","value":9000.000,"usual":53.063},\
                        {"feature":"night","value":1.000,"usual":0.001}]}"""));
        assertThat(scored("v1").toJson(List.of())).endsWith("],\"reasons\":[]}");
    }

    /** A model's name is its folder's name, which may contain any characters. */
    @Test
    void aModelNameIsEscaped() throws Exception {
        JsonNode score = new JsonMapper().readTree(scored("v1 \"old\" \\").toJson());
        assertThat(score.get("model").textValue()).isEqualTo("v1 \"old\" \\");
        assertThat(score.get("features")).hasSize(5);
    }
}
