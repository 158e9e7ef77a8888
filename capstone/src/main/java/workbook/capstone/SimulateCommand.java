package workbook.capstone;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.capstone.inference.Training;
import workbook.capstone.streaming.PaymentProducer;
import workbook.capstone.streaming.Replay;
import workbook.capstone.streaming.Topics;
import workbook.kit.DurationConverter;
import workbook.kit.LocalKafka;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/** {@code ./jbang fraud simulate}: payments for a pipeline that runs elsewhere. */
@Command(name = "simulate", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Sends simulated payments to the broker that WORKBOOK_KAFKA names.")
final class SimulateCommand implements Callable<Integer> {

    @Option(names = "--for", paramLabel = "TIME", converter = DurationConverter.class, defaultValue = "1h",
            description = "how long (default: ${DEFAULT-VALUE}, or until the simulation's six months are over)")
    private Duration length;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "300",
            description = "payments a second (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(names = "--malformed", paramLabel = "SHARE", defaultValue = "0.002",
            description = "malformed records for each payment (default: ${DEFAULT-VALUE})")
    private double malformedShare;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42",
            description = "another seed, another month of payments (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "2",
            description = "partitions of the topic payments, if it is to be made (default: ${DEFAULT-VALUE})")
    private int partitions;

    @Override
    public Integer call() {
        Stopping stopping = Stopping.onSignals();
        Simulator.Settings simulation = Simulator.Settings.defaults().withSeed(seed);
        Iterator<SimulatedPayment> days =
                new Simulator(simulation).payments(Training.HISTORY_DAYS, simulation.days()).iterator();
        try (LocalKafka kafka = Topics.ownBroker()) {
            Topics.create(kafka, partitions);
            try (PaymentProducer producer = new PaymentProducer(kafka.bootstrapServers())) {
                new Replay(producer, days, malformedShare, payment -> { })
                        .run(rate, length, () -> !stopping.isWanted() && producer.failure() == null);
                producer.flush();
                System.out.printf("%,d payments and %,d malformed records sent.%n", producer.payments(),
                        producer.malformed());
                if (producer.failure() != null) {
                    throw new IllegalStateException("The broker refused a record: " + producer.failure().getMessage(),
                            producer.failure());
                }
            }
        }
        return 0;
    }
}
