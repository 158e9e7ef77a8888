///usr/bin/env jbang "$0" "$@" ; exit $?
// Beam in `./jbang fraud batch --engine beam`: the answer of the exercise RevenueOnBeam.
//JAVA 17+
//SOURCES RevenueProgram.java
//SOURCES ../../kit/beam/src/main/java/workbook/kit/beam/*.java
//SOURCES ../../solutions/lesson12/src/main/java/lesson12/RevenueOnBeam.java
package engines;

import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import lesson12.RevenueOnBeam;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Instant;
import workbook.kit.Program;
import workbook.kit.beam.PaymentCoders;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/** A file is a bounded collection: the watermark passes every window when the file is read. */
class OnBeam extends RevenueProgram {

    @Override
    void run(Path payments, Consumer<Revenue> sink) {
        Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
        PCollection<ReceivedPayment> received = pipeline.apply(TextIO.read().from(payments.toString()))
                .apply(MapElements.into(TypeDescriptor.of(ReceivedPayment.class))
                        .via(ReceivedPayment::fromJson))
                .setCoder(PaymentCoders.payments())
                .apply(WithTimestamps.of(payment -> new Instant(payment.time().toEpochMilli())));
        new RevenueOnBeam().revenue(received).setCoder(PaymentCoders.revenues()).apply(ParDo.of(new Collect()));
        pipeline.run().waitUntilFinish();
        Collect.ROWS.forEach(sink);
    }

    /** Keeps the rows. The direct runner works with copies of the function, so they share what is static. */
    static class Collect extends DoFn<Revenue, Void> {

        static final Queue<Revenue> ROWS = new ConcurrentLinkedQueue<>();

        @ProcessElement
        public void collect(@Element Revenue row) {
            ROWS.add(row);
        }
    }

    public static void main(String... args) {
        Program.run(new OnBeam(), args);
    }
}
