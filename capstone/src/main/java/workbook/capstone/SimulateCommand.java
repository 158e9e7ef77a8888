package workbook.capstone;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import workbook.capstone.format.OpenFormat;
import workbook.capstone.inference.Training;
import workbook.capstone.streaming.CustomerRegister;
import workbook.capstone.streaming.PaymentProducer;
import workbook.capstone.streaming.Replay;
import workbook.capstone.streaming.Topics;
import workbook.kit.DurationConverter;
import workbook.kit.LocalKafka;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;
import workbook.kit.app.ShutdownHandler;

/** {@code ./jbang fraud simulate}: sends payments and the customers' master data to a pipeline of other processes. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Sends simulated payments and customers to the broker that WORKBOOK_KAFKA names.")
final class SimulateCommand implements Callable<Integer> {

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "1h",
            description = "how long to send (default: ${DEFAULT-VALUE}, at most the simulation's six months)")
    private Duration length;

    @Mixin
    private LoadOptions load;

    @Mixin
    private TopicOptions topics;

    @Mixin
    private FormatOptions formats;

    @Override
    public Integer call() {
        ShutdownHandler stopping = ShutdownHandler.register();
        Simulator.Settings simulation = Simulator.Settings.defaults().withSeed(load.seed());
        Iterator<SimulatedPayment> days =
                Training.unknownPayments(new Simulator(simulation), simulation).iterator();
        try (OpenFormat format = formats.openExternal();
                LocalKafka kafka = Topics.externalBroker()) {
            Topics.create(kafka, topics.partitions());
            try (PaymentProducer producer = new PaymentProducer(kafka.bootstrapServers(), format.format())) {
                CustomerRegister customers = new CustomerRegister(producer, simulation);
                customers.sendFirstVersions();
                Replay replay = new Replay(producer, days, load.malformedShare(), payment -> customers.countPayment());
                load.evolveAfter().ifPresent(replay::evolveAfter);
                replay.run(load.rate(), length, () -> !stopping.isRequested() && producer.failure() == null);
                producer.flush();
                System.out.printf(
                        "%,d payments, %,d malformed records and %,d versions of customers sent.%n",
                        producer.payments(), producer.malformed(), producer.customers());
                producer.throwIfFailed();
            }
        }
        return 0;
    }
}
