package workbook.capstone.format;

/**
 * A malformed record, as it occurs in production.
 *
 * @param kind what is wrong with it
 * @param value may be null, which Kafka allows
 */
public record Malformed(String kind, byte[] value) {}
