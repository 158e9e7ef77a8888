package lesson00;

import java.util.Objects;
import lesson00.BrokenJobs.Note;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Exceptions of the same classes for other reasons: no explanation of {@link BrokenJobs} applies. */
public class OtherFailures {

    public DataStream<Note> parallelismOfZero(DataStream<Note> notes) {
        return notes.map(note -> note).setParallelism(0);
    }

    public DataStream<Note> nullOfTheFunctionItself(DataStream<Note> notes) {
        return notes.map(note -> new Note(note.card(), Objects.requireNonNull(note.text(), "no text")));
    }

    public DataStream<Note> anOwnException(DataStream<Note> notes) {
        return notes.filter(note -> {
            throw new IllegalStateException("not today");
        });
    }
}
