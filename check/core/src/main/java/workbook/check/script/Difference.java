package workbook.check.script;

import java.util.List;

/**
 * What came out of a script beside what should have, up to the first batch that went wrong.
 *
 * @param title what the script says of itself, such as the seed of its random rows; possibly empty
 * @param before the batches and restarts that went well
 * @param heading which batch went wrong, and how it was played
 * @param tables that batch: the rows of each input, what came out and, where the script says it, what should have
 * @param metrics the watermark, and whatever else the script speaks of
 */
public record Difference(String title, List<Batch> before, String heading, List<Table> tables, List<Metric> metrics) {

    /**
     * A batch or a restart that went well.
     *
     * @param number from 1; of a restart, that of the batch before
     * @param of how many batches the script has
     * @param isRestart whether the answer was stopped here and started again; the rest is then null or 0
     * @param sinkFailed whether the sink failed once, and got the batch again
     * @param in how many rows came in
     * @param out how many came out or, if {@code isCumulative}, were to be seen afterwards
     * @param watermark the event-time watermark after the batch, as people read it; null where there is none
     * @param isChecked whether the script says what should come out
     */
    public record Batch(
            int number,
            long of,
            boolean isRestart,
            boolean sinkFailed,
            int in,
            int out,
            boolean isCumulative,
            String watermark,
            boolean isChecked) {

        @Override
        public String toString() {
            if (isRestart) {
                return "restart from the checkpoint";
            }
            return "batch " + number + " of " + of + (sinkFailed ? " · the sink failed once" : "")
                    + " · " + in + " in · " + out + (isCumulative ? " there" : " out")
                    + (watermark == null ? "" : " · watermark " + watermark) + (isChecked ? " · right" : "");
        }
    }

    /**
     * A metric of the batch that went wrong, as people read it.
     *
     * @param expected null where it is as it should be, or where nothing is said of it
     */
    public record Metric(String name, String actual, String expected) {

        @Override
        public String toString() {
            return String.format("%-9s  %s", name, actual) + (expected == null ? "" : "  expected " + expected);
        }
    }
}
