package workbook.check.flink;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes rows to an {@link Exchange}.
 *
 * @param exchange its number
 */
record ExchangeSink<T>(long exchange) implements Sink<T> {

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        Exchange out = Exchange.of(exchange);
        return new SinkWriter<>() {
            @Override
            public void write(T row, Context context) {
                out.write(row);
            }

            @Override
            public void flush(boolean endOfInput) {
                // each row is written at once
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}
