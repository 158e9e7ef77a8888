package lesson00;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import workbook.check.beam.Card;

/** Typical mistakes with Beam. The elements are cards: a text and a null. */
public class BrokenPipelines {

    private static final Duration HOUR = Duration.standardHours(1);

    public PCollection<Card> groupWithoutAWindow(PCollection<Card> cards) {
        cards.apply(Count.perElement());
        return cards;
    }

    public PCollection<Card> triggerWithoutLateness(PCollection<Card> cards) {
        return cards.apply(Window.<Card>into(FixedWindows.of(HOUR)).triggering(AfterWatermark.pastEndOfWindow()));
    }

    public PCollection<Card> latenessWithoutAMode(PCollection<Card> cards) {
        return cards.apply(Window.<Card>into(FixedWindows.of(HOUR)).withAllowedLateness(HOUR));
    }

    public PCollection<Card> noCoder(PCollection<Card> cards) {
        cards.apply(ParDo.of(new ToObject())).apply(ParDo.of(new ToText()));
        return cards;
    }

    public PCollection<Card> keyThatHasNoSingleForm(PCollection<Card> cards) {
        cards.apply(Window.into(FixedWindows.of(HOUR))).apply(Count.perElement());
        return cards;
    }

    public PCollection<Card> keyThatIsNull(PCollection<Card> cards) {
        cards.apply(Window.into(FixedWindows.of(HOUR)))
                .apply(WithKeys.of((Card card) -> card.note()).withKeyType(TypeDescriptors.strings()))
                .apply(GroupByKey.create());
        return cards;
    }

    public PCollection<Card> functionThatCannotBeSerialized(PCollection<Card> cards) {
        return cards.apply(ParDo.of(new DoFn<Card, Card>() {
            @ProcessElement
            public void process(@Element Card card, OutputReceiver<Card> out) {
                out.output(card);
            }
        }));
    }

    public PCollection<Card> elementThatIsChanged(PCollection<Card> cards) {
        cards.apply(MapElements.into(TypeDescriptors.lists(TypeDescriptors.strings()))
                        .via(card -> new ArrayList<>(List.of(card.card()))))
                .setCoder(ListCoder.of(StringUtf8Coder.of()))
                .apply(ParDo.of(new Adds()));
        return cards;
    }

    public PCollection<Card> timestampThatIsEarlier(PCollection<Card> cards) {
        return cards.apply("ten", WithTimestamps.of(card -> Instant.parse("2026-01-01T10:00:00Z")))
                .apply("nine", WithTimestamps.of(card -> Instant.parse("2026-01-01T09:00:00Z")));
    }

    public PCollection<Card> functionThatThrows(PCollection<Card> cards) {
        cards.apply(MapElements.into(TypeDescriptors.integers()).via(card -> Integer.valueOf(card.card())));
        return cards;
    }

    public PCollection<Card> noOutput(PCollection<Card> cards) {
        return null;
    }

    private static final class ToObject extends DoFn<Card, Object> {
        @ProcessElement
        public void process(@Element Card card, OutputReceiver<Object> out) {
            out.output(card);
        }
    }

    private static final class ToText extends DoFn<Object, String> {
        @ProcessElement
        public void process(@Element Object element, OutputReceiver<String> out) {
            out.output(element.toString());
        }
    }

    private static final class Adds extends DoFn<List<String>, Integer> {
        @ProcessElement
        public void process(@Element List<String> cards, OutputReceiver<Integer> out) {
            cards.add("card-2");
            out.output(cards.size());
        }
    }
}
