package workbook.check.difference;

import java.util.List;

/**
 * What the rules know about a failed batch.
 *
 * @param columns the names of the output columns
 * @param isOrdered whether the order of the output matters
 * @param earlier the output of earlier batches; empty if {@code output} includes it
 * @param later the output of later batches
 * @param input the rows of this and of earlier batches
 * @param metrics those that are not as expected
 */
public record FailedBatch(
        List<String> columns,
        boolean isOrdered,
        Output output,
        List<Output> earlier,
        List<Output> later,
        List<InputRow> input,
        List<FailedMetric> metrics) {

    int number() {
        return output.batch();
    }
}
