package workbook.check.difference;

/**
 * A sentence about a difference.
 *
 * @param kind what the sentence says, without the rows and numbers of this run; equal for mistakes of the same kind
 * @param text the sentence
 */
public record Remark(String kind, String text) {}
