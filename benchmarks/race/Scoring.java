package race;

import java.util.Map;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.models.AmountModel;
import workbook.kit.models.LogisticModel;

/** The job without state: scores a payment by its amount, with a model of Tribuo that is the same in each JVM. */
final class Scoring {

    private static final LogisticModel MODEL = AmountModel.fraudsAbove(50);

    private Scoring() {}

    /** Returns the score of a payment, both as JSON. */
    static String score(String payment) {
        ReceivedPayment one = ReceivedPayment.fromJson(payment);
        double score = MODEL.score(Map.of("amount", one.amount().doubleValue()));
        return "{\"id\":" + one.id() + ",\"score\":" + score + "}";
    }
}
