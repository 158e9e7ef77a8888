///usr/bin/env jbang "$0" "$@" ; exit $?
// Storm in `./jbang fraud batch --engine storm`: the answer of the exercise RevenueOnStorm.
//JAVA 17+
//SOURCES RevenueProgram.java
//SOURCES ../../kit/storm/src/main/java/workbook/kit/storm/*.java
//SOURCES ../../solutions/lesson12/src/main/java/lesson12/RevenueOnStorm.java
package engines;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import lesson12.RevenueOnStorm;
import workbook.kit.Program;
import workbook.kit.engines.Revenue;
import workbook.kit.storm.LocalBolt;
import workbook.kit.storm.PaymentTuples;

/** The bolt, called as a worker calls it, without a cluster. */
class OnStorm extends RevenueProgram {

    @Override
    void run(Path payments, Consumer<Revenue> sink) throws IOException {
        List<String> fields = new ArrayList<>(List.of("offset"));
        fields.addAll(PaymentTuples.PAYMENT.toList());
        try (LocalBolt bolt = new LocalBolt(new RevenueOnStorm().revenue(), fields)) {
            bolt.start((anchors, row) -> sink.accept(PaymentTuples.revenue(row)));
            AtomicLong offset = new AtomicLong();
            forEachAndOneMore(payments, payment -> {
                List<Object> values = new ArrayList<>(List.of(offset.getAndIncrement()));
                values.addAll(PaymentTuples.values(payment));
                bolt.execute(bolt.tuple(values));
            });
        }
    }

    public static void main(String... args) {
        Program.run(new OnStorm(), args);
    }
}
