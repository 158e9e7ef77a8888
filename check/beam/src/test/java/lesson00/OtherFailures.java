package lesson00;

import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import workbook.check.beam.Card;

/** Exceptions of the same classes for other reasons: no explanation of {@link BrokenPipelines} applies. */
public class OtherFailures {

    public PCollection<Card> windowWithoutLength(PCollection<Card> cards) {
        return cards.apply(Window.into(FixedWindows.of(Duration.ZERO)));
    }

    public PCollection<Card> coderThatIsAskedForTooEarly(PCollection<Card> cards) {
        return PCollection.<Card>createPrimitiveOutputInternal(
                        cards.getPipeline(), cards.getWindowingStrategy(), cards.isBounded(), null)
                .setName("cards")
                .setCoder(null);
    }
}
