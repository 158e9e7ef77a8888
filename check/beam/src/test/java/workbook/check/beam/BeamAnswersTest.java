package workbook.check.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workbook.check.beam.BeamAnswers.onBeam;
import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;

import java.time.Instant;
import java.util.function.Function;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import workbook.check.beam.BeamAnswers.Source;
import workbook.check.engine.Engines;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;

class BeamAnswersTest {

    private static final Coder<Card> CARDS = SerializableCoder.of(Card.class);

    @Test
    void rowsAreRecordsBothWays() {
        Script.of("card STRING, note STRING")
                .columns("note", "card")
                .batch(row("a", "10:00"), row("b", null))
                .emits(row("10:00", "a"), row(null, "b"))
                .batch(row("c", "x"))
                .emits(row("x", "c"))
                .run(on(cards -> cards));
    }

    /** Half an hour: the bound. The end of the script emits nothing. */
    @Test
    void theWatermarkFollowsTheNewestTimeAfterEachBatch() {
        Script.of("card STRING, note STRING")
                .columns("card", "note")
                .batch(row("a", "09:10"), row("a", "09:10"))
                .emitsNothing()
                .batch(row("b", "10:29:59.999"))
                .emitsNothing()
                .batch(row("b", "09:00"), row("b", "10:30"))
                .emits(row("a", "09:10"))
                .batch(row("c", "09:59"))
                .emitsNothing()
                .run(onBeam(
                        new Source<>(
                                CARDS,
                                BeamAnswersTest::card,
                                BeamAnswersTest::time,
                                () -> Duration.standardMinutes(30)),
                        CARDS,
                        "card STRING, note STRING",
                        cards -> cards.apply(Window.into(FixedWindows.of(Duration.standardHours(1))))
                                .apply(Combine.globally(BeamAnswersTest::latest).withoutDefaults())));
    }

    private static Card latest(Iterable<Card> cards) {
        Card latest = null;
        for (Card card : cards) {
            latest = latest == null || time(card).isAfter(time(latest)) ? card : latest;
        }
        return latest;
    }

    private static Card card(ScriptRow row) {
        return new Card(row.getString(0), row.getString(1));
    }

    private static Instant time(Card card) {
        return at(card.note());
    }

    @Test
    void aRestartIsNotPossible() {
        assertThatThrownBy(() -> Script.of("card STRING, note STRING")
                        .columns("card", "note")
                        .batch(row("a", "b"))
                        .restart()
                        .run(on(cards -> cards)))
                .hasMessage("The direct runner keeps no state for a restart.");
    }

    @Test
    void theEngineIsFoundAndWarmsUp() {
        assertThat(Engines.of(BeamAnswersTest.class)).singleElement().satisfies(engine -> engine.warmUp());
    }

    /** Cards with the same timestamp. */
    static RunnableAnswer on(Function<PCollection<Card>, PCollection<Card>> answer) {
        return onBeam(
                new Source<>(CARDS, BeamAnswersTest::card, card -> Instant.EPOCH, () -> Duration.ZERO),
                CARDS,
                "card STRING, note STRING",
                answer);
    }
}
