package workbook.capstone.monitoring;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import workbook.capstone.format.Format;
import workbook.capstone.streaming.Topics;

/** Counts payments by the version of the schema with which they were written. */
public final class SchemaVersions {

    private final Format format;
    private final Map<String, Long> payments = new ConcurrentSkipListMap<>();

    /** @param format of payments */
    public SchemaVersions(Format format) {
        this.format = format;
    }

    /** Takes a record of {@link Topics#PAYMENTS}; a malformed one, which has no id, is not counted. */
    public void recordRead(ConsumerRecord<byte[], byte[]> record) {
        if (record.headers().lastHeader(Topics.ID) != null) {
            format.version(record.value()).ifPresent(version -> payments.merge(version, 1L, Long::sum));
        }
    }

    /** Returns the number of payments by version; empty if the format has none. */
    public Map<String, Long> payments() {
        return Map.copyOf(payments);
    }

    /** As text: {@code version 1: 17 payments, version 2: 4 payments}. */
    @Override
    public String toString() {
        return payments.entrySet().stream()
                .map(version -> String.format(Locale.ROOT, "%s: %,d payments", version.getKey(), version.getValue()))
                .collect(Collectors.joining(", "));
    }
}
