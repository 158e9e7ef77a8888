package workbook.check.kafkastreams;

import org.apache.kafka.streams.StreamsBuilder;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Schema;

/**
 * Makes answers for Kafka Streams runnable by scripts. A row of a script is a record: its value is a JSON object with a
 * field for each column, times in ISO 8601 and UTC. The answer's records are JSON objects, too; their keys are not
 * compared.
 */
public final class KafkaStreamsAnswers {

    private KafkaStreamsAnswers() {}

    /** An answer that defines a topology from one topic to another. */
    @FunctionalInterface
    public interface Topologies {

        /**
         * Adds the answer's topology.
         *
         * @param in the topic that it reads
         * @param out the topic that it writes
         */
        void build(StreamsBuilder builder, String in, String out);
    }

    /**
     * An answer that reads and writes a topic.
     *
     * @param key the column whose text is the key of the input's records
     * @param columns the fields of the answer's records, as SQL: {@code "hour TIMESTAMP, revenue DECIMAL(38,2)"}
     */
    public static RunnableAnswer onKafkaStreams(String key, String columns, Topologies answer) {
        JsonRows output = new JsonRows(Schema.of(columns));
        return (script, out) -> {
            JsonRows input = new JsonRows(script.onlyInput());
            out.accept(output.schema());
            return new KafkaStreamsTestDriver(answer, input, key, output);
        };
    }
}
