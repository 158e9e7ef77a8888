package workbook.kit.storm;

import java.lang.reflect.Field;
import org.apache.storm.topology.IRichBolt;
import org.apache.storm.topology.WindowedBoltExecutor;

/** Watermarks of Storm's windowed bolts. A timer asks for them, by default once a second of the wall clock. */
final class Watermarks {

    private Watermarks() {}

    /** Does what the timer does, if the bolt has windows by event time. */
    static void advance(IRichBolt bolt) {
        if (bolt instanceof WindowedBoltExecutor) {
            try {
                Field generator = WindowedBoltExecutor.class.getDeclaredField("waterMarkEventGenerator");
                generator.setAccessible(true);
                if (generator.get(bolt) instanceof Runnable timer) {
                    timer.run();
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("This version of Storm makes watermarks in another way.", e);
            }
        }
    }
}
