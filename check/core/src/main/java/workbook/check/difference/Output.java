package workbook.check.difference;

import java.util.List;

/**
 * The output of a batch.
 *
 * @param expected null if the script does not state it
 */
public record Output(int batch, List<ValueRow> out, List<ValueRow> expected) {}
