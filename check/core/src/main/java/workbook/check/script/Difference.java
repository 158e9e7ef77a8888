package workbook.check.script;

import java.util.List;
import workbook.check.difference.Remark;

/**
 * The actual and the expected output of a script, up to the first batch that failed.
 *
 * @param title the script's title, such as the seed of its random rows; may be empty
 * @param before the batches and restarts that passed
 * @param heading the number of the batch that failed, and the output mode
 * @param tables the rows of earlier batches that matter, with the number of their batch; then, of the batch that failed,
 *     the rows of each input, the output and, if the script states it, the expected output
 * @param metrics the watermark, the newest time of each input, and the metrics that the script expects
 * @param remarks what differs, in sentences; empty if no rule knows
 */
public record Difference(
        String title,
        List<Batch> before,
        String heading,
        List<Table> tables,
        List<Metric> metrics,
        List<Remark> remarks) {

    /**
     * A batch or a restart that passed.
     *
     * @param number from 1; of a restart, that of the previous batch
     * @param of the number of batches in the script
     * @param isRestart whether this is a restart; the other fields are then null or 0
     * @param sinkFailed whether the sink failed once and received the batch again
     * @param in the number of input rows
     * @param out the number of output rows; if {@code isCumulative}, of all output so far
     * @param watermark the event-time watermark after the batch, as text; null if there is none
     * @param isChecked whether the script states expectations for it
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
                    + " · " + in + " in · " + out + (isCumulative ? " so far" : " out")
                    + (watermark == null ? "" : " · watermark " + watermark) + (isChecked ? " · ok" : "");
        }
    }

    /**
     * A metric of the batch that failed, as text.
     *
     * @param expected null if it is as expected, or if the script does not state it
     */
    public record Metric(String name, String actual, String expected) {}
}
