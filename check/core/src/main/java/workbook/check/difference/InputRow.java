package workbook.check.difference;

import java.util.List;

/**
 * A row of an input.
 *
 * @param batch the number of its batch, from 1
 * @param input the name of the input
 * @param columns the names of the input's columns
 * @param isAmount of each column, whether it is a number that one sums: a decimal or a double
 */
public record InputRow(int batch, String input, List<String> columns, List<Boolean> isAmount, ValueRow row) {}
