package workbook.capstone.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import workbook.kit.Payment;

class PaymentParserTest {

    private static final Instant RECEIVED = Instant.parse("2018-04-01T09:00:00Z");
    private static final Payment PAYMENT =
            new Payment(7, Instant.parse("2018-04-01T08:59:58Z"), 596, 3156, new BigDecimal("57.10"));

    private final PaymentParser parser = new PaymentParser();

    @Test
    void readsThePaymentsOwnJson() {
        assertThat(parse(PAYMENT.toJson())).isEqualTo(new Parsed.Accepted(PAYMENT));
    }

    @Test
    void ignoresUnknownFields() {
        assertThat(parse(PAYMENT.toJson().replace("{", "{\"channel\":\"web\",")))
                .isEqualTo(new Parsed.Accepted(PAYMENT));
    }

    @Test
    void acceptsAnAmountWithFewerOrPaddedDecimals() {
        assertThat(parse(PAYMENT.toJson().replace("57.10", "57.1"))).isEqualTo(new Parsed.Accepted(PAYMENT));
        assertThat(parse(PAYMENT.toJson().replace("57.10", "57.1000"))).isEqualTo(new Parsed.Accepted(PAYMENT));
    }

    @ParameterizedTest
    @EnumSource(MalformedJson.class)
    void refusesEveryKindOfMalformedRecord(MalformedJson kind) {
        for (long id = 0; id < 3; id++) {
            assertThat(parser.parse(kind.value(id), Instant.now())).isInstanceOf(Parsed.Rejected.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "id":7                        | "id":7.5                           | id: not a whole number
            "id":7                        | "id":99999999999999999999          | id: not a whole number
            "id":7,                       | ''                                 | id: missing
            "customer":596                | "customer":-1                      | customer: negative
            "customer":596                | "customer":3000000000              | customer: not a whole number
            "terminal":3156               | "terminal":null                    | terminal: null
            "terminal":3156               | "terminal":"3156"                  | terminal: not a whole number
            57.10                         | -0.01                              | amount: negative
            57.10                         | 1000000.01                         | amount: above 1000000
            57.10                         | 57.101                             | amount: more than two decimals
            57.10                         | true                               | amount: not a number
            57.10                         | 1e999999999                        | amount: above 1000000
            57.10                         | 1e-999999999                       | amount: more than two decimals
            "2018-04-01T08:59:58Z"        | 1522573198                         | time: not a text
            2018-04-01T08:59:58Z          | yesterday                          | time: not an ISO-8601 instant
            2018-04-01T08:59:58Z          | 1969-12-31T23:59:59Z               | time: before 1970
            2018-04-01T08:59:58Z          | 2018-04-02T09:00:01Z               | time: more than a day in the future
            }                             | ''                                 | not JSON: Unexpected end-of-input
            {"id":7                       | {"id":7,"id":8                     | not JSON: Duplicate field 'id'
            """)
    void namesTheFieldAndTheFault(String part, String replacement, String reason) {
        assertThat(parse(PAYMENT.toJson().replace(part, replacement))).isEqualTo(new Parsed.Rejected(reason));
    }

    @Test
    void refusesASecondDocumentAfterTheFirst() {
        assertThat(parse(PAYMENT.toJson() + "{}")).isInstanceOf(Parsed.Rejected.class);
    }

    @Test
    void acceptsATimeUpToADayAhead() {
        assertThat(parse(PAYMENT.toJson().replace("2018-04-01T08:59:58Z", "2018-04-02T09:00:00Z")))
                .isInstanceOf(Parsed.Accepted.class);
    }

    private Parsed parse(String json) {
        return parser.parse(json.getBytes(StandardCharsets.UTF_8), RECEIVED);
    }
}
