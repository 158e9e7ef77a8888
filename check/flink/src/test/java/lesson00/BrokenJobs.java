package lesson00;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.Collector;

/** Typical mistakes with Flink. The stream has two notes: of card 1 with a text, and of card 2 without one. */
public class BrokenJobs {

    /** A row of the stream, and of the output. */
    public record Note(Integer card, String text) {}

    /** Not serializable. */
    private static final class Prefix {
        private final String text = "card ";
    }

    // Types and functions

    public DataStream<Note> lambdaWithACollector(DataStream<Note> notes) {
        return notes.flatMap((Note note, Collector<Note> out) -> out.collect(note));
    }

    public DataStream<Note> lambdaThatReturnsATuple(DataStream<Note> notes) {
        return notes.map(note -> Tuple2.of(note.card(), note.text())).map(pair -> new Note(pair.f0, pair.f1));
    }

    public DataStream<Note> functionThatIsNotSerializable(DataStream<Note> notes) {
        Prefix prefix = new Prefix();
        return notes.map(note -> new Note(note.card(), prefix.text + note.card()));
    }

    public DataStream<Note> methodOfAnObjectThatIsNotSerializable(DataStream<Note> notes) {
        return notes.map(this::unchanged);
    }

    private Note unchanged(Note note) {
        return note;
    }

    public DataStream<Note> functionThatThrows(DataStream<Note> notes) {
        return notes.map(note -> new Note(Integer.valueOf(note.text()), note.text()));
    }

    public DataStream<Note> functionThatReturnsNull(DataStream<Note> notes) {
        return notes.map(note -> note.text() == null ? null : note)
                .returns(Note.class)
                .map(note -> new Note(note.card(), note.text()));
    }

    // Keys

    public DataStream<Note> keyThatIsNull(DataStream<Note> notes) {
        return notes.keyBy(Note::text).reduce((some, other) -> other);
    }

    public DataStream<Note> keyThatIsAnArray(DataStream<Note> notes) {
        return notes.keyBy(note -> new Integer[] {note.card()}, Types.OBJECT_ARRAY(Types.INT))
                .reduce((some, other) -> other);
    }

    // Time

    public DataStream<Note> windowWithoutTimestamps(DataStream<Note> notes) {
        return notes.keyBy(Note::card)
                .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
                .reduce((some, other) -> other);
    }

    public DataStream<Note> negativeBound(DataStream<Note> notes) {
        return notes.assignTimestampsAndWatermarks(WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMinutes(-30)));
    }

    public DataStream<Note> windowWithoutLength(DataStream<Note> notes) {
        return notes.keyBy(Note::card)
                .window(TumblingEventTimeWindows.of(Duration.ZERO))
                .reduce((some, other) -> other);
    }

    public DataStream<Note> windowWithoutSlide(DataStream<Note> notes) {
        return notes.keyBy(Note::card)
                .window(SlidingEventTimeWindows.of(Duration.ofHours(1), Duration.ZERO))
                .reduce((some, other) -> other);
    }

    public DataStream<Note> negativeLateness(DataStream<Note> notes) {
        return notes.keyBy(Note::card)
                .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
                .allowedLateness(Duration.ofMinutes(-1))
                .reduce((some, other) -> other);
    }

    // State and timers

    public DataStream<Note> keyedStateWithoutAKey(DataStream<Note> notes) {
        return notes.map(new RichMapFunction<Note, Note>() {
            private transient ValueState<Integer> count;

            @Override
            public void open(OpenContext context) {
                count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Integer.class));
            }

            @Override
            public Note map(Note note) throws Exception {
                count.update(1);
                return note;
            }
        });
    }

    public DataStream<Note> timerWithoutAKey(DataStream<Note> notes) {
        return notes.process(new ProcessFunction<Note, Note>() {
            @Override
            public void processElement(Note note, Context context, Collector<Note> out) {
                context.timerService().registerEventTimeTimer(0);
            }
        });
    }

    public DataStream<Note> stateInTheConstructor(DataStream<Note> notes) {
        return notes.keyBy(Note::card).map(new RichMapFunction<Note, Note>() {
            private final ValueState<Integer> count =
                    getRuntimeContext().getState(new ValueStateDescriptor<>("count", Integer.class));

            @Override
            public Note map(Note note) throws Exception {
                count.update(1);
                return note;
            }
        });
    }

    // The job itself

    public DataStream<Note> noStream(DataStream<Note> notes) {
        return null;
    }
}
