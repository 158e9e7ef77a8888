package lesson00;

import java.time.Duration;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.SlidingWindows;

/** Exceptions of the same classes for other reasons: no explanation of {@link BrokenTopologies} applies. */
public class OtherFailures {

    public void nameWithABlank(StreamsBuilder builder, String in, String out) {
        builder.stream(in).filter((key, value) -> true, Named.as("a name"));
    }

    public void slidingWindowOfNegativeLength(StreamsBuilder builder, String in, String out) {
        SlidingWindows.ofTimeDifferenceWithNoGrace(Duration.ofHours(-1));
    }

    public void topicThatIsNull(StreamsBuilder builder, String in, String out) {
        builder.stream((String) null);
    }
}
