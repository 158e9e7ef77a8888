package workbook.check.beam;

import static workbook.check.beam.BeamAnswers.onBeam;
import static workbook.check.script.Script.row;

import java.time.Instant;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Max;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import workbook.check.engine.Engine;
import workbook.check.script.Script;

/** Beam as an engine for checkpoints. Scripts share nothing: each runs pipelines of its own. */
public final class BeamEngine implements Engine {

    private static final int TIMES = 3;

    /** A row of the warm-up. */
    public record Sample(Integer n) implements Comparable<Sample>, java.io.Serializable {
        @Override
        public int compareTo(Sample other) {
            return n.compareTo(other.n);
        }
    }

    @Override
    public String packageName() {
        return BeamEngine.class.getPackageName();
    }

    /** Runs a pipeline with a window, which loads the classes that most scripts need. */
    @Override
    public void warmUp() {
        Coder<Sample> coder = SerializableCoder.of(Sample.class);
        for (int i = 0; i < TIMES; i++) {
            Script.of("n INT")
                    .columns("n")
                    .batch(row(1), row(2))
                    .emitsNothing()
                    .run(onBeam(
                            new BeamAnswers.Source<>(
                                    coder, row -> new Sample(row.getInt(0)), one -> Instant.EPOCH, () -> Duration.ZERO),
                            coder,
                            "n INT",
                            BeamEngine::newest));
        }
    }

    private static PCollection<Sample> newest(PCollection<Sample> samples) {
        return samples.apply(Window.into(FixedWindows.of(Duration.standardHours(1))))
                .apply(Max.<Sample>globally().withoutDefaults());
    }
}
