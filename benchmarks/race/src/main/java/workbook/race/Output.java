package workbook.race;

import org.HdrHistogram.Histogram;

/** What the race reads from a topic, on a thread of its own. Moments are those of {@link System#nanoTime}. */
interface Output {

    /** Takes a record that has been read at this moment. */
    void read(String json, long nanos);

    /** Whether everything that became due from one moment to another, exclusive, has been read. */
    boolean isComplete(long from, long to);

    /** How long it took until what became due from one moment to another, exclusive, was read, in microseconds. */
    Histogram latencies(long from, long to);

    /** Compares everything that has been read with what became due from one moment to another, exclusive. */
    Faults faults(long from, long to);
}
