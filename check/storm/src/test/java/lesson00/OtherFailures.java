package lesson00;

import org.apache.storm.topology.IRichBolt;
import org.apache.storm.topology.WindowedBoltExecutor;
import org.apache.storm.topology.base.BaseWindowedBolt.Duration;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;

/** Exceptions of the same classes for other reasons: no explanation of {@link BrokenBolts} applies. */
public class OtherFailures {

    public IRichBolt windowOfNegativeLength() {
        return new WindowedBoltExecutor(new BrokenBolts.Window().withTumblingWindow(Duration.hours(-1)));
    }

    public IRichBolt fieldThatIsNoText() {
        return new ReadingText();
    }

    public IRichBolt indexOfAFieldThatDoesNotExist() {
        new Fields("card").get(1);
        return null;
    }

    private static final class ReadingText extends BrokenBolts.Copy {
        @Override
        public void execute(Tuple tuple) {
            tuple.getStringByField("time");
        }
    }
}
