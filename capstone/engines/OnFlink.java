///usr/bin/env jbang "$0" "$@" ; exit $?
// Flink in `./jbang fraud batch --engine flink`: the answer of the exercise RevenueOnFlink.
//JAVA 17+
//SOURCES RevenueProgram.java
//SOURCES ../../kit/flink/src/main/java/workbook/kit/flink/*.java
//SOURCES ../../solutions/lesson12/src/main/java/lesson12/RevenueOnFlink.java
//DEPS org.apache.flink:flink-connector-files:2.3.0@fatjar
package engines;

import java.nio.file.Path;
import java.util.function.Consumer;
import lesson12.RevenueOnFlink;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import workbook.kit.Program;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/** A file is a stream with an end: the last watermark is the greatest, and closes every window. */
class OnFlink extends RevenueProgram {

    @Override
    void run(Path payments, Consumer<Revenue> sink) throws Exception {
        // One task: with more, one may read ahead of another.
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(1);
        FileSource<String> source = FileSource.forRecordStreamFormat(
                        new TextLineInputFormat(), new org.apache.flink.core.fs.Path(payments.toUri()))
                .build();
        DataStream<ReceivedPayment> received = flink.fromSource(source, WatermarkStrategy.noWatermarks(), "payments")
                .map(ReceivedPayment::fromJson);
        try (CloseableIterator<Revenue> rows =
                new RevenueOnFlink().revenue(received).executeAndCollect()) {
            rows.forEachRemaining(sink);
        }
    }

    public static void main(String... args) {
        Program.run(new OnFlink(), args);
    }
}
