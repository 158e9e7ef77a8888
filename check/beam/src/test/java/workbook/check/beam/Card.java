package workbook.check.beam;

import java.io.Serializable;

/** An element of the tests. */
public record Card(String card, String note) implements Serializable {}
